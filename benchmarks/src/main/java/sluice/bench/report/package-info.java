/** What the results look like on a page: tables, and a plot of each. */
@NullMarked
package sluice.bench.report;

import org.jspecify.annotations.NullMarked;
