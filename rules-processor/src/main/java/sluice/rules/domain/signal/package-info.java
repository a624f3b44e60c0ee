/** What the users of a tenant have in common: pure. */
@NullMarked
package sluice.rules.domain.signal;

import org.jspecify.annotations.NullMarked;
