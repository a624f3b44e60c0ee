"""Reads a topic from its beginning to its end as it is now, with the stock client and the stock deserializer.

    python read_outcomes.py BROKER REGISTRY_URL TOPIC

Prints a line of JSON for each record: key, partition, offset, value. Times are milliseconds since the epoch.
"""
import datetime
import json
import sys
import time

from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext

SILENCE_SECONDS = 30
BATCH = 1000
BATCH_SECONDS = 0.1  # consume() waits so long for a batch to fill


def plain(value):
    """As JSON has it: fastavro reads a timestamp into a datetime."""
    if isinstance(value, datetime.datetime):
        return round(value.timestamp() * 1000)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(type(value))


def main(broker, registry_url, topic):
    deserialize = AvroDeserializer(SchemaRegistryClient({"url": registry_url}))
    place = SerializationContext(topic, MessageField.VALUE)
    consumer = Consumer({"bootstrap.servers": broker, "group.id": "python-reader", "enable.auto.commit": False})
    partitions = consumer.list_topics(topic, timeout=SILENCE_SECONDS).topics[topic].partitions
    ends = {number: consumer.get_watermark_offsets(TopicPartition(topic, number))[1] for number in partitions}
    unread = {number for number, end in ends.items() if end > 0}
    consumer.assign([TopicPartition(topic, number, 0) for number in unread])
    heard = time.monotonic()
    while unread:
        messages = consumer.consume(BATCH, timeout=BATCH_SECONDS)
        if messages:
            heard = time.monotonic()
        elif time.monotonic() - heard > SILENCE_SECONDS:
            sys.exit(f"nothing came for {SILENCE_SECONDS} s; unread: {sorted(unread)}")
        for message in messages:
            if message.error():
                sys.exit(str(message.error()))
            if message.offset() >= ends[message.partition()]:
                continue
            print(
                json.dumps(
                    {
                        "key": message.key().decode(),
                        "partition": message.partition(),
                        "offset": message.offset(),
                        "value": deserialize(message.value(), place),
                    },
                    default=plain,
                )
            )
            if message.offset() + 1 == ends[message.partition()]:
                unread.discard(message.partition())
    consumer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
