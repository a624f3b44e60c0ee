/** Two worlds side by side, one by the rules of the time and one by a candidate's, and where they part. */
@NullMarked
package sluice.rules.backtest.domain;

import org.jspecify.annotations.NullMarked;
