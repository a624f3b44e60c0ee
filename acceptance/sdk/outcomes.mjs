// Reads a topic as a Node program would: the stock client kafkajs, and the stock registry client over its REST paths.
import { Kafka, logLevel } from "kafkajs";
import { SchemaRegistry } from "@kafkajs/confluent-schema-registry";

const silencePatience = 30_000;

/** Every record that a topic holds now: key, partition, offset, value. Times are milliseconds since the epoch. */
export const readOutcomes = async (broker, registryUrl, topic) => {
  const registry = new SchemaRegistry({ host: registryUrl });
  const kafka = new Kafka({ brokers: [broker], clientId: "node-reader", logLevel: logLevel.ERROR });
  const ends = await endsOf(kafka, topic);
  const consumer = kafka.consumer({ groupId: "node-reader" });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const records = [];
  try {
    await new Promise((done, fail) => {
      const unread = new Map(ends);
      let silence = setTimeout(fail, silencePatience, new Error(`nothing came: ${[...unread]}`));
      if (unread.size === 0) done();
      const eachMessage = async ({ partition, message }) => {
        const offset = Number(message.offset);
        if (offset >= ends.get(partition)) return;
        clearTimeout(silence);
        const value = await registry.decode(message.value);
        records.push({ key: message.key.toString(), partition, offset, value });
        if (offset + 1 === ends.get(partition)) unread.delete(partition);
        if (unread.size === 0) done();
        else silence = setTimeout(fail, silencePatience, new Error(`nothing came: ${[...unread]}`));
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(fail);
    });
  } finally {
    await consumer.disconnect();
  }
  return records;
};

/** How many records the topic has had. */
export const sizeOf = async (broker, topic) => {
  const kafka = new Kafka({ brokers: [broker], clientId: "node-reader", logLevel: logLevel.ERROR });
  return [...(await endsOf(kafka, topic)).values()].reduce((sum, end) => sum + end, 0);
};

const endsOf = async (kafka, topic) => {
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  return new Map(
    offsets.filter(({ high }) => Number(high) > 0).map(({ partition, high }) => [partition, Number(high)]),
  );
};
