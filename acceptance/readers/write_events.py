"""A platform that publishes track events straight to the log, with no HTTP but the schemas'.

    python write_events.py BROKER REGISTRY_URL TOPIC TENANT FIRST_MILLIS LAST_MILLIS EVENTS ACTION...

Spreads the events over the time between, over a hundredth as many users, and over the actions in turn. Prints a line
of JSON for each, once the log has it.
"""
import json
import sys

from confluent_kafka import Producer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

EVENTS_PER_USER = 100
USERS_MIN = 20


def events(tenant, first, last, count, actions):
    users = max(USERS_MIN, count // EVENTS_PER_USER)
    for number in range(count):
        yield {
            "eventId": f"event-{number}",
            "tenantId": tenant,
            "userId": f"platform-{number % users}",
            "actionCode": actions[number % len(actions)],
            "idempotencyKey": f"key-{number}",
            "receivedAt": first + (last - first) * number // count,
        }


def main(broker, registry_url, topic, tenant, first, last, count, *actions):
    registry = SchemaRegistryClient({"url": registry_url})
    serialize = AvroSerializer(registry, conf={"auto.register.schemas": False, "use.latest.version": True})
    place = SerializationContext(topic, MessageField.VALUE)
    # The partitioner is Kafka's own: librdkafka's would put a user where no owner looks.
    producer = Producer(
        {"bootstrap.servers": broker, "enable.idempotence": True, "partitioner": "murmur2_random", "linger.ms": 5}
    )
    faults = []

    def acknowledged(event):
        def tell(fault, message):
            if fault is not None:
                faults.append(str(fault))
            else:
                print(json.dumps({**event, "partition": message.partition()}))

        return tell

    for event in events(tenant, int(first), int(last), int(count), actions):
        key = f"{event['tenantId']}/{event['userId']}"
        while True:
            try:
                producer.produce(topic, key=key, value=serialize(event, place), on_delivery=acknowledged(event))
                break
            except BufferError:
                producer.poll(0.1)
        producer.poll(0)
    producer.flush()
    if faults:
        sys.exit(f"{len(faults)} events were not taken, the first: {faults[0]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
