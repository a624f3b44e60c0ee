/** TOTP secrets as the user's app takes them. */
@NullMarked
package sluice.track.totp;

import org.jspecify.annotations.NullMarked;
