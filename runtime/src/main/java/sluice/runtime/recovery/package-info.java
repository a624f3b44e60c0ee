/** Recovery codes. */
@NullMarked
package sluice.runtime.recovery;

import org.jspecify.annotations.NullMarked;
