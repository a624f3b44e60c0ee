/** What makes tampering with a partition evident: a chain of hashes, and what was signed of it (ADR 29). */
@NullMarked
package sluice.runtime.audit.domain;

import org.jspecify.annotations.NullMarked;
