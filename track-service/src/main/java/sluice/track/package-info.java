/** The HTTP edge: authenticate, validate, stamp, publish, await the reply, answer in the contract's words. */
@NullMarked
package sluice.track;

import org.jspecify.annotations.NullMarked;
