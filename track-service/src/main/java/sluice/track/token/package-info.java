/** Challenge tokens (contract section 6). */
@NullMarked
package sluice.track.token;

import org.jspecify.annotations.NullMarked;
