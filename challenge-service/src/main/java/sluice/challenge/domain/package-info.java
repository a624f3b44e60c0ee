/** The state machine of an action, as a function of what is known of the action and what came. */
@NullMarked
package sluice.challenge.domain;

import org.jspecify.annotations.NullMarked;
