/** The limit: the same servers, hops, stores and sizes as Sluice's, and nothing else. */
@NullMarked
package sluice.bench.bare;

import org.jspecify.annotations.NullMarked;
