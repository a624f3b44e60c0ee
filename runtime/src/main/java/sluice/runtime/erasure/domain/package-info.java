/** Which epochs there are, and which is to be made or ended. */
@NullMarked
package sluice.runtime.erasure.domain;

import org.jspecify.annotations.NullMarked;
