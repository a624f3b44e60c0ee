/** The configuration topic as a follower of it sees it. */
@NullMarked
package sluice.runtime.configuration;

import org.jspecify.annotations.NullMarked;
