/** A tenant and a user to tell stories of. */
@NullMarked
package sluice.rules.testkit;

import org.jspecify.annotations.NullMarked;
