/** Who calls: a backend, a tenant's management, a user's client. */
@NullMarked
package sluice.track.http.auth;

import org.jspecify.annotations.NullMarked;
