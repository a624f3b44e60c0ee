/** Delivery from the log: each event in its turn, tried until it is taken or given up, and an offset committed then. */
@NullMarked
package sluice.track.delivery;

import org.jspecify.annotations.NullMarked;
