/** The contract's calls, one class a family, and the one place where a refusal is written. */
@NullMarked
package sluice.track.http;

import org.jspecify.annotations.NullMarked;
