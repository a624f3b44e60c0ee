/** {@code ./sluice export}: outcomes as Parquet files (docs/export.md). Reads the log only. */
@NullMarked
package sluice.export;

import org.jspecify.annotations.NullMarked;
