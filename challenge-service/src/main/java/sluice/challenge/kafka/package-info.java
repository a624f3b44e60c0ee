/** Carries decisions and verifications to the actions, and what comes of them back to the log. */
@NullMarked
package sluice.challenge.kafka;

import org.jspecify.annotations.NullMarked;
