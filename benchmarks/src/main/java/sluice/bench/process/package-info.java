/** The processes of a run: each of its own, with a bounded heap, started and ended by the benchmark. */
@NullMarked
package sluice.bench.process;

import org.jspecify.annotations.NullMarked;
