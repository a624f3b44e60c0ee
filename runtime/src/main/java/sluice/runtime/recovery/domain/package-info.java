/** Recovery codes, as the ingress makes them and the rules processor checks them: what both have to agree on. */
@NullMarked
package sluice.runtime.recovery.domain;

import org.jspecify.annotations.NullMarked;
