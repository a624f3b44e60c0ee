/** Origins of web sites: which are the tenant's own. */
@NullMarked
package sluice.track.origin;

import org.jspecify.annotations.NullMarked;
