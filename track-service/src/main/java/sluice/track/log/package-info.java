/** Events out, replies in. */
@NullMarked
package sluice.track.log;

import org.jspecify.annotations.NullMarked;
