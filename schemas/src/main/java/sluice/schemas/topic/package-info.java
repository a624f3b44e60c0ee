/** The topics: their names, partitions, retention and records, in one place. */
@NullMarked
package sluice.schemas.topic;

import org.jspecify.annotations.NullMarked;
