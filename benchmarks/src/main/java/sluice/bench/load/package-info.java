/** The load generator: many connections on one thread, as little work a call as can be. */
@NullMarked
package sluice.bench.load;

import org.jspecify.annotations.NullMarked;
