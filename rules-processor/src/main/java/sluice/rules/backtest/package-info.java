/** Asks the log what other rules would have decided (docs/backtest.md). Reads only. */
@NullMarked
package sluice.rules.backtest;

import org.jspecify.annotations.NullMarked;
