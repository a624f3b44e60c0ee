/** Seals what partitions hold, and checks it (docs/audit.md). */
@NullMarked
package sluice.runtime.audit;

import org.jspecify.annotations.NullMarked;
