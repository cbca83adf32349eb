// The broker dies, forgets everything, is cut off, or says what it should not.
import { setTimeout as delay } from "node:timers/promises";
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

/** Publishes to each exchange of the bridge, inside the broker. */
const publish = (id, body) => ({
  id, targets: SERVER, milliseconds: [0, 0], recovers: "rabbitmq",
  async inject({ rabbitmq }) {
    const code = `[rabbit_basic:publish(rabbit_misc:r(<<"/">>, exchange, element(4, element(2, E))), <<>>, [], ${body}) || E <- rabbit_exchange:list(<<"/">>), element(3, E) =:= fanout].`;
    await rabbitmq.control("eval", code).catch(() => {});
    return () => {};
  },
});

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
  publish("F37 poison on every exchange: no JSON", '<<"this is no message">>'),
  publish("F37 poison on every exchange: 8 MB", "binary:copy(<<\"x\">>, 8388608)"),
  publish("F36 forged messages on every exchange", '<<"{\\"messageType\\":[\\"urn:message:Bridge.Relayer.Bus:CheckpointCertified\\"],\\"message\\":{\\"source\\":918001,\\"destination\\":918002,\\"sequence\\":999999}}">>'),
];
