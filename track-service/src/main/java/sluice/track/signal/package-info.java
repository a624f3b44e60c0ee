/** What an ingress knows of what users have in common, and stamps on their events. */
@NullMarked
package sluice.track.signal;

import org.jspecify.annotations.NullMarked;
