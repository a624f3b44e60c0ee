/** Carries events from the log to the domain, and what comes of them back. */
@NullMarked
package sluice.rules.kafka;

import org.jspecify.annotations.NullMarked;
