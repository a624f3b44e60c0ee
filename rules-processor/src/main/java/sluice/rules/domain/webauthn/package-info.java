/** WebAuthn's two ceremonies as pure functions: what a browser answered, judged against what is known. */
@NullMarked
package sluice.rules.domain.webauthn;

import org.jspecify.annotations.NullMarked;
