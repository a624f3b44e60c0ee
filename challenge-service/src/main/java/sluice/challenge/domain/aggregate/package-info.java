/** Counts of transitions by windows of event time (docs/aggregates.md). */
@NullMarked
package sluice.challenge.domain.aggregate;

import org.jspecify.annotations.NullMarked;
