/** The records on Sluice's topics and in its state, generated from {@code src/main/avro}. */
package sluice.schemas;
