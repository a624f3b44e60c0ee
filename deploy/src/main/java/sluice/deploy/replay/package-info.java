/** What {@code ./sluice replay} makes of what was rebuilt and what was recorded (docs/replay.md). */
@NullMarked
package sluice.deploy.replay;

import org.jspecify.annotations.NullMarked;
