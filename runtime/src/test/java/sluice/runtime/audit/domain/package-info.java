/** What a chain of hashes finds. */
@NullMarked
package sluice.runtime.audit.domain;

import org.jspecify.annotations.NullMarked;
