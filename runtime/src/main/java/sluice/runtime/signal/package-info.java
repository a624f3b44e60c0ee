/** Signals across users: how addresses and devices are named where nobody may read which they are. */
@NullMarked
package sluice.runtime.signal;

import org.jspecify.annotations.NullMarked;
