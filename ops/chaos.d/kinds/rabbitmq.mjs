// The broker dies, forgets everything, is cut off, or says what it should not.
import { setTimeout as delay } from "node:timers/promises";
import { Random } from "../random.mjs";
import { EXECUTORS, RELAYERS, VALIDATORS, databaseOf } from "../organisations.mjs";

const SERVER = ["rabbitmq"];
const proxied = (id, mode, milliseconds) => ({
  id, targets: SERVER, milliseconds, recovers: "rabbitmq",
  async inject({ rabbitmq: { proxy } }, fault) {
    proxy.mode = mode;
    if (mode === "refuse") proxy.cut();
    await delay(fault.milliseconds);
    return () => {
      proxy.mode = "pass";
      if (mode === "swallow") proxy.cut();
    };
  },
});
const QUEUES = [...RELAYERS.map((name) => `${name}.relay`), ...EXECUTORS.map((name) => `${databaseOf(name)}.execute`), ...VALIDATORS.slice(0, 3).map((name) => `${name}.attest`)];

const JSON_ENVELOPE = '[{content_type, <<"application/vnd.masstransit+json">>}]';
const erlang = (text) => `<<"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}">>`;

/** Publishes to each exchange of the bridge, inside the broker. */
const publish = (id, bodies) => ({
  id, targets: SERVER, milliseconds: [0, 0], recovers: "rabbitmq",
  async inject(world, { chance }) {
    const list = (await bodies(world, new Random(chance * 2 ** 32))).map((body) => (typeof body === "string" ? erlang(body) : body.erlang)).join(", ");
    const code = `[rabbit_basic:publish(rabbit_misc:r(<<"/">>, exchange, element(4, element(2, E))), <<>>, ${JSON_ENVELOPE}, B) || B <- [${list}], E <- rabbit_exchange:list(<<"/">>), element(3, E) =:= fanout].`;
    await world.rabbitmq.control("eval", code).catch(() => {}); // Another fault has it down.
    return () => {};
  },
});

const envelope = (type, message) => JSON.stringify({ messageId: crypto.randomUUID(), messageType: [`urn:message:Bridge.Relayer.Bus:${type}`], message });

/** True ones, of what has happened lately. */
async function doorbells(world) {
  const rows = (await world.sql("relayer-1").query("SELECT source_chain, destination_chain, sequence FROM certificate ORDER BY certified_at DESC LIMIT 6")) ?? [];
  return rows.flatMap(([source, destination, sequence]) => [
    envelope("CheckpointCertified", { source: Number(source), destination: Number(destination), sequence: Number(sequence) }),
    envelope("DeliverySeen", { source: Number(source), destination: Number(destination), last: Number(sequence) }),
    envelope("MessagesFinalized", { source: Number(source), destination: Number(destination), first: 1, last: Number(sequence) }),
  ]);
}

/** Attestations that were judged long ago, as they came. */
async function oldAttestations(world) {
  const rows = (await world.sql("relayer-1").query("SELECT source_chain, destination_chain, encode(lane_id, 'hex'), sequence, encode(rolling_hash, 'hex'), epoch, encode(signature, 'hex') FROM attestation_intake ORDER BY id LIMIT 12")) ?? [];
  return rows.map(([source, destination, lane, sequence, hash, epoch, signature]) => envelope("AttestationOffered", {
    source: Number(source), destination: Number(destination), laneId: `0x${lane}`, sequence: Number(sequence), rollingHash: `0x${hash}`, epoch: Number(epoch), signature: `0x${signature}`,
  }));
}

export const rabbitmqKinds = [
  {
    id: "F28 RabbitMQ killed", targets: SERVER, milliseconds: [0, 2000], recovers: "rabbitmq", alone: true,
    async inject({ rabbitmq }, { milliseconds }) {
      await rabbitmq.kill();
      await delay(milliseconds);
      return () => rabbitmq.run();
    },
  },
  {
    id: "F29 RabbitMQ wiped", targets: SERVER, milliseconds: [0, 1000], recovers: "rabbitmq", alone: true,
    async inject({ rabbitmq }, { milliseconds }) {
      await rabbitmq.kill();
      rabbitmq.wipe();
      await delay(milliseconds);
      return () => rabbitmq.run();
    },
  },
  {
    id: "F30 RabbitMQ frozen", targets: SERVER, milliseconds: [2000, 6000], recovers: "rabbitmq",
    async inject({ processes }, { milliseconds }) {
      processes.signal("rabbitmq", "SIGSTOP");
      await delay(milliseconds);
      return () => processes.signal("rabbitmq", "SIGCONT");
    },
  },
  proxied("F30 RabbitMQ refuses connections", "refuse", [1000, 4000]),
  proxied("F30 RabbitMQ half open", "swallow", [2000, 5000]),
  {
    id: "F34 RabbitMQ short of memory", targets: SERVER, milliseconds: [2000, 4000], recovers: "rabbitmq",
    async inject({ rabbitmq }, { milliseconds }) {
      await rabbitmq.control("set_vm_memory_high_watermark", "0.000001").catch(() => {});
      await delay(milliseconds);
      return () => rabbitmq.control("set_vm_memory_high_watermark", "0.4").catch(() => {});
    },
  },
  {
    id: "F35 a queue deleted", targets: QUEUES, milliseconds: [0, 0], recovers: "rabbitmq",
    async inject({ rabbitmq }, { target }) {
      await rabbitmq.control("delete_queue", target).catch(() => {});
      return () => {};
    },
  },
  {
    id: "F28 RabbitMQ's application stopped and started", targets: SERVER, milliseconds: [500, 3000], recovers: "rabbitmq", alone: true,
    async inject({ rabbitmq }, { milliseconds }) {
      await rabbitmq.control("stop_app");
      await delay(milliseconds);
      return () => rabbitmq.control("start_app");
    },
  },
  {
    // As a consumer that held a message for too long would find it.
    id: "F33 the broker closes every connection", targets: SERVER, milliseconds: [0, 0], recovers: "rabbitmq",
    async inject({ rabbitmq }) {
      await rabbitmq.control("close_all_connections", "chaos").catch(() => {});
      return () => {};
    },
  },
  publish("F31 every doorbell three times", async (world) => Array(3).fill(await doorbells(world)).flat()),
  publish("F31 attestations of long ago, again", oldAttestations),
  publish("F32 doorbells in any order, some before their time", async (world, random) => random.shuffle([...(await doorbells(world)), envelope("CheckpointCertified", { source: 918001, destination: 918002, sequence: 1_000_000 })])),
  publish("F36 forged messages on every exchange", async () => FORGED),
  publish("F37 poison on every exchange: no JSON", async () => ["this is no message"]),
  publish("F37 poison on every exchange: 8 MB", async () => [{ erlang: 'binary:copy(<<"x">>, 8388608)' }]),
  publish("F37 poison on every exchange: a version that does not exist", async () => [envelope("AttestationOffered2", { source: 1 }), envelope("CheckpointCertified", null), envelope("AttestationOffered", { source: null, laneId: null })]),
];

const FORGED = [
  envelope("CheckpointCertified", { source: 918001, destination: 918002, sequence: 999_999 }),
  envelope("MessagesFinalized", { source: 918001, destination: 918002, first: 1, last: 999_999 }),
  envelope("DeliverySeen", { source: 918002, destination: 918003, last: 999_999 }),
  envelope("AttestationOffered", { source: 918001, destination: 918002, laneId: `0x${"11".repeat(32)}`, sequence: 1, rollingHash: `0x${"22".repeat(32)}`, epoch: 1, signature: `0x${"33".repeat(64)}` }),
];
