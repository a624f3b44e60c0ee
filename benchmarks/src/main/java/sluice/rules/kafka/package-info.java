/** Benchmarks of the rules processor, in its own package: what they measure is nobody else's. */
@NullMarked
package sluice.rules.kafka;

import org.jspecify.annotations.NullMarked;
