/** Decides actions and checks codes: all that is known of a user, in one place. */
@NullMarked
package sluice.rules;

import org.jspecify.annotations.NullMarked;
