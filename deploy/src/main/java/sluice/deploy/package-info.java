/** The launcher: all of Sluice on one machine, or one service a process. */
@NullMarked
package sluice.deploy;

import org.jspecify.annotations.NullMarked;
