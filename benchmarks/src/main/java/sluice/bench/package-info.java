/** What Sluice costs: figures as ratios to a limit that is measured in the same run. */
@NullMarked
package sluice.bench;

import org.jspecify.annotations.NullMarked;
