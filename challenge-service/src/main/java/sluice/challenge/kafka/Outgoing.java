package sluice.challenge.kafka;

import org.apache.avro.specific.SpecificRecord;

/** A record for one of the topics written to; its type says for which. */
record Outgoing(String key, SpecificRecord value) {}
