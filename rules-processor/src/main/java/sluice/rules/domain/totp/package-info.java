/** The arithmetic of authenticator apps (RFC 4226, RFC 6238). */
@NullMarked
package sluice.rules.domain.totp;

import org.jspecify.annotations.NullMarked;
