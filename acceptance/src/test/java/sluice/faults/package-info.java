/**
 * Users' flows through two of each service and three brokers, all processes of their own, while a seeded nemesis kills,
 * stops, restarts and cuts them off; then what the clients saw and what the log holds is checked.
 */
@NullMarked
package sluice.faults;

import org.jspecify.annotations.NullMarked;
