/** Webhooks: each tenant is told of its actions' transitions and its users' authenticators, from the log. */
@NullMarked
package sluice.track.webhook;

import org.jspecify.annotations.NullMarked;
