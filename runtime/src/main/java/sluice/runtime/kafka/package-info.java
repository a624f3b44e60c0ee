/** How Sluice's processes talk to Kafka. */
@NullMarked
package sluice.runtime.kafka;

import org.jspecify.annotations.NullMarked;
