/** Keys of epochs, which keys of users come from, so that a user can be erased from the log (ADR 21). */
@NullMarked
package sluice.runtime.erasure;

import org.jspecify.annotations.NullMarked;
