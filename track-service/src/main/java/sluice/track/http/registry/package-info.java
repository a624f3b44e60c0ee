/** The schemas of the topics over the REST API that clients of Confluent's schema registry speak, read-only. */
@NullMarked
package sluice.track.http.registry;

import org.jspecify.annotations.NullMarked;
