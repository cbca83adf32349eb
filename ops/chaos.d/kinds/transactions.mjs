// What can happen to an executor's transactions: nothing is mined, gas is dear, they are dropped, overtaken, or cannot be paid for.
import { setTimeout as delay } from "node:timers/promises";
import { EXECUTORS } from "../organisations.mjs";
import { CHAINS, ask, until } from "./common.mjs";

const EXECUTOR_AT = EXECUTORS.flatMap((name) => CHAINS.map((chain) => `${name} ${chain}`));
const LOW_FEE = "0x3b9aca00"; // 1 gwei

/** The executors' transactions in a node's pool, lowest nonce first. */
async function pooled(world, chain) {
  const ours = EXECUTORS.map((name) => world.keys[name].address.toLowerCase());
  const { pending = {}, queued = {} } = await ask(world, chain, "txpool_content");
  return [pending, queued].flatMap((pool) => Object.entries(pool)).filter(([from]) => ours.includes(from.toLowerCase()))
    .flatMap(([, byNonce]) => Object.values(byNonce)).sort((a, b) => Number(a.nonce) - Number(b.nonce));
}

const still = (world, chain) => ask(world, chain, "evm_setIntervalMining", 0);
const go = (world, chain) => ask(world, chain, "evm_setIntervalMining", 1);

const dear = (id, fee) => ({
  id, targets: CHAINS, milliseconds: [2000, 5000], recovers: "chain",
  async inject(world, { target, milliseconds }) {
    for (const end = Date.now() + milliseconds; Date.now() < end; await delay(500)) await ask(world, target, "anvil_setNextBlockBaseFeePerGas", fee);
    return () => ask(world, target, "anvil_setNextBlockBaseFeePerGas", LOW_FEE);
  },
});

export const transactionKinds = [
  {
    id: "F61 no blocks", targets: CHAINS, milliseconds: [2000, 7000], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      await still(world, target);
      await delay(milliseconds);
      return () => go(world, target);
    },
  },
  {
    id: "F61 the price jumps over what waits", targets: CHAINS, milliseconds: [6000, 9000], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      await until(4000, async () => (await pooled(world, target)).length > 0);
      for (const end = Date.now() + milliseconds; Date.now() < end; await delay(500)) await ask(world, target, "anvil_setNextBlockBaseFeePerGas", "0x1bf08eb000"); // 120 gwei
      return () => ask(world, target, "anvil_setNextBlockBaseFeePerGas", LOW_FEE);
    },
  },
  dear("F66 gas at a hundred times its price", "0x174876e800"),
  dear("F66 gas above the executors' cap", "0xe8d4a51000"),
  {
    id: "F62 the executors' transactions dropped", targets: CHAINS, milliseconds: [500, 2500], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      await still(world, target);
      await delay(milliseconds);
      for (const { hash } of await pooled(world, target)) await ask(world, target, "anvil_dropTransaction", hash);
      return () => go(world, target);
    },
  },
  {
    id: "F64 the first of the executors' transactions dropped", targets: CHAINS, milliseconds: [1500, 4000], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      await still(world, target);
      await delay(milliseconds);
      const [first] = await pooled(world, target);
      if (first) await ask(world, target, "anvil_dropTransaction", first.hash);
      return () => go(world, target);
    },
  },
  {
    // Longer than ResubmitSeconds, so that there are two of one nonce; the older one is mined.
    id: "F63 the older of two transactions mined", targets: CHAINS, milliseconds: [6500, 9000], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      await still(world, target);
      const older = await until(3000, async () => { const found = await pooled(world, target); return found.length && found; });
      const raws = await Promise.all((older ?? []).map(({ hash }) => ask(world, target, "eth_getRawTransactionByHash", hash)));
      await delay(milliseconds);
      for (const { hash } of await pooled(world, target)) await ask(world, target, "anvil_dropTransaction", hash);
      for (const raw of raws.filter(Boolean)) await ask(world, target, "eth_sendRawTransaction", raw).catch(() => {}); // Unless it is there already.
      return () => go(world, target);
    },
  },
  {
    id: "F67 an executor out of funds", targets: EXECUTOR_AT, milliseconds: [2000, 6000], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      const [name, chain] = target.split(" ");
      const account = world.keys[name].address;
      await ask(world, chain, "anvil_setBalance", account, "0x1");
      await delay(milliseconds);
      return () => ask(world, chain, "anvil_setBalance", account, "0x3635c9adc5dea00000");
    },
  },
  {
    id: "F60 somebody else delivers", targets: CHAINS, milliseconds: [0, 0], recovers: "chain",
    async inject(world, { target }) {
      await world.stranger.deliver(target);
      return () => {};
    },
  },
];
