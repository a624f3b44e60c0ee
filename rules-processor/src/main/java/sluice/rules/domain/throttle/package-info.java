/** How often somebody may try, and whose failures count against whom (ADR 24): pure. */
@NullMarked
package sluice.rules.domain.throttle;

import org.jspecify.annotations.NullMarked;
