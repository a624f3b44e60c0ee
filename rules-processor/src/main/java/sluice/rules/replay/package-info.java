/** Rebuilds from the log what production knew (docs/replay.md). Reads only. */
@NullMarked
package sluice.rules.replay;

import org.jspecify.annotations.NullMarked;
