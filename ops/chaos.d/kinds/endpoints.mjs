// Nodes that fail, forget or lie. Each chain has three endpoints of which two must agree.
import { setTimeout as delay } from "node:timers/promises";
import { behaviours, stale } from "../proxies/behaviours.mjs";
import { CHAINS } from "./common.mjs";

const ONE = CHAINS.flatMap((chain) => [0, 1, 2].map((index) => `${chain} ${index}`));
const IDS = {
  "no logs": "F49", "a log less": "F49", pruned: "F53", "range too large": "F53", "429": "F47", "429 with Retry-After": "F47", "429 with a date": "F47",
  "a log twice": "F50", "another amount": "F50", "another emitter": "F50", "removed logs": "F50", "another block hash": "F52", "another parent": "F52", "two forks in turn": "F52", "a log invented": "F50", "another call result": "F50",
  "another chain": "F54", "no receipts": "F70", "failed receipts": "F50", "wrong estimates": "F68", "low nonces": "F64", "high nonces": "F64", "transactions swallowed": "F62",
};

const proxies = (world, target) => {
  const [chain, ...indexes] = target.split(" ");
  return indexes.map((index) => world.endpoints[chain][index].proxy);
};

const behaves = (name) => ({
  id: `${IDS[name] ?? "F46"} an endpoint: ${name}`, targets: ONE, milliseconds: [1500, 5000], recovers: "endpoint",
  async inject(world, { target, milliseconds }) {
    const [proxy] = proxies(world, target);
    proxy.behaviour = behaviours[name];
    await delay(milliseconds);
    return () => (proxy.behaviour = null);
  },
});

const ALL = CHAINS.map((chain) => `${chain} 0 1 2`);
const TWO = CHAINS.flatMap((chain) => [`${chain} 0 1`, `${chain} 1 2`, `${chain} 0 2`]);
const allBehave = (id, targets, behaviour) => ({
  id, targets, milliseconds: [1500, 4000], recovers: "endpoint", blocks: true,
  async inject(world, { target, milliseconds }) {
    const those = proxies(world, target);
    for (const proxy of those) proxy.behaviour = behaviour;
    await delay(milliseconds);
    return () => those.forEach((proxy) => (proxy.behaviour = null));
  },
});

export const endpointKinds = [
  ...Object.keys(behaviours).map(behaves),
  {
    id: "F48 an endpoint whose head stands still", targets: ONE, milliseconds: [2000, 6000], recovers: "endpoint",
    async inject(world, { target, milliseconds }) {
      const [proxy] = proxies(world, target);
      proxy.behaviour = stale(Number(await world.chains[target.split(" ")[0]].client.getBlockNumber()));
      await delay(milliseconds);
      return () => (proxy.behaviour = null);
    },
  },
  allBehave("F51 two of three endpoints away", TWO, behaviours.reset),
  allBehave("F46 two of three endpoints refuse", TWO, behaviours["503"]),
  allBehave("F51 every endpoint away", ALL, behaviours.reset),
  allBehave("F46 every endpoint silent", ALL, behaviours.silent),
  allBehave("F47 every endpoint says 429", ALL, behaviours["429 with Retry-After"]),
  allBehave("F53 every endpoint finds every range too large", ALL, behaviours["range too large"]),
  {
    id: "F51 the honest endpoints away, a liar up", targets: TWO, milliseconds: [1500, 4000], recovers: "endpoint", blocks: true,
    async inject(world, { target, milliseconds }) {
      const [chain, ...down] = target.split(" ");
      const both = proxies(world, target);
      const liar = world.endpoints[chain][["0", "1", "2"].find((index) => !down.includes(index))].proxy;
      for (const proxy of both) proxy.behaviour = behaviours.reset;
      liar.behaviour = behaviours["another amount"];
      await delay(milliseconds);
      return () => [...both, liar].forEach((proxy) => (proxy.behaviour = null));
    },
  },
];
