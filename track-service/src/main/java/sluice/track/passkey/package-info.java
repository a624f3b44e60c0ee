/** Passkeys as browsers are asked for them: whom they are for, what is to be signed, what came of it. */
@NullMarked
package sluice.track.passkey;

import org.jspecify.annotations.NullMarked;
