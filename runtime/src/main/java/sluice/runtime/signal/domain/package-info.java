/** Signals across users: what was counted, and what of it is left in a window. */
@NullMarked
package sluice.runtime.signal.domain;

import org.jspecify.annotations.NullMarked;
