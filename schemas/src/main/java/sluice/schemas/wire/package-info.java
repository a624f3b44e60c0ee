/** How records travel: Avro binary behind the five-byte header that every Confluent-compatible reader understands. */
@NullMarked
package sluice.schemas.wire;

import org.jspecify.annotations.NullMarked;
