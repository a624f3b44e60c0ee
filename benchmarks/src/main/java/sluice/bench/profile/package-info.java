/** Where the time of a run went, from its flight recordings. */
@NullMarked
package sluice.bench.profile;

import org.jspecify.annotations.NullMarked;
