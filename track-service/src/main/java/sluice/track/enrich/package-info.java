/** What an address and a user agent tell: found out at the edge, so that processing needs no database. */
@NullMarked
package sluice.track.enrich;

import org.jspecify.annotations.NullMarked;
