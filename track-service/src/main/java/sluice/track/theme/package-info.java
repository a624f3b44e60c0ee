/** What a theme may hold, and how a change is merged into one (management contract, theme). Knows JSON, not HTTP. */
@NullMarked
package sluice.track.theme;

import org.jspecify.annotations.NullMarked;
