/** The local tenant: its credentials and what its configuration starts with. */
@NullMarked
package sluice.track.tenant;

import org.jspecify.annotations.NullMarked;
