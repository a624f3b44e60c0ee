/** What is sealed, as pure code holds it: bytes that say nothing. */
@NullMarked
package sluice.runtime.seal.domain;

import org.jspecify.annotations.NullMarked;
