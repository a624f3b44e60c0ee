/** Health and metrics of a process. */
@NullMarked
package sluice.runtime.observe;

import org.jspecify.annotations.NullMarked;
