/** The management contract's resources, one class a resource, and the one way in which they change. */
@NullMarked
package sluice.track.http.management;

import org.jspecify.annotations.NullMarked;
