/** A user, an action of hers, and what comes of it. */
@NullMarked
package sluice.challenge.testkit;

import org.jspecify.annotations.NullMarked;
