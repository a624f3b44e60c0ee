/** What the export's files hold, read by DuckDB. */
@NullMarked
package sluice.export;

import org.jspecify.annotations.NullMarked;
