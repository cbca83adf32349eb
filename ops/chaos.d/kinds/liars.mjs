// Every endpoint of one organisation lies to it alike, and to nobody else: what it concludes is wrong, and must stay its own trouble.
import { setTimeout as delay } from "node:timers/promises";
import { RELAYERS, VALIDATORS } from "../organisations.mjs";
import { behaviours, stale } from "../proxies/behaviours.mjs";
import { CHAINS } from "./common.mjs";

const to = (names) => names.flatMap((name) => CHAINS.map((chain) => `${name} ${chain}`));

const deceived = (id, names, make) => ({
  id, targets: to(names), milliseconds: [2000, 6000], recovers: "watcher",
  async inject(world, { target, milliseconds }) {
    const [name, chain] = target.split(" ");
    const behaviour = await make(world, chain);
    const proxies = world.endpoints[chain].map(({ proxy }) => proxy);
    for (const proxy of proxies) proxy.towards.set(name, behaviour);
    await delay(milliseconds);
    return () => proxies.forEach((proxy) => proxy.towards.delete(name));
  },
});
const always = (name) => () => behaviours[name];

export const liarKinds = [
  deceived("F50 a validator's every endpoint: another amount", VALIDATORS, always("another amount")),
  deceived("F50 a validator's every endpoint: another call result", VALIDATORS, always("another call result")),
  deceived("F50 a validator's every endpoint: messages invented", VALIDATORS, always("a log invented")),
  deceived("F52 a validator's every endpoint: another fork", VALIDATORS, always("another block hash")),
  deceived("F54 a validator's every endpoint: another chain", VALIDATORS, always("another chain")),
  deceived("F48 a validator's every endpoint stands still", VALIDATORS, async (world, chain) => stale(Number(await world.chains[chain].client.getBlockNumber()))),
  deceived("F51 a validator cut off from a chain", VALIDATORS, always("reset")),
  deceived("F49 a validator's every endpoint: no logs", VALIDATORS, always("no logs")),
  deceived("F49 a relayer's every endpoint: no logs", RELAYERS, always("no logs")),
  deceived("F51 a relayer cut off from a chain", RELAYERS, always("reset")),
];
