/** Sessions' tokens: access tokens that others check with published keys, refresh tokens that only Sluice reads. */
@NullMarked
package sluice.track.session;

import org.jspecify.annotations.NullMarked;
