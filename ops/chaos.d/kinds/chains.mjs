// Chains that reorganise, stop, become dear, lose transactions, or let somebody else deliver.
import { setTimeout as delay } from "node:timers/promises";
import { EXECUTORS } from "../organisations.mjs";

const CHAINS = ["alpha", "beta", "gamma"];
const ask = (world, chain, method, ...params) => world.chains[chain].client.request({ method, params });

export const chainKinds = [
  {
    id: "F55 a reorg before finality", targets: CHAINS, milliseconds: [0, 0], recovers: "chain",
    async inject(world, { target }) {
      await ask(world, target, "anvil_reorg", 1, []);
      return () => world.traffic.accounts.resend();
    },
  },
  {
    id: "F61 no blocks", targets: CHAINS, milliseconds: [2000, 7000], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      await ask(world, target, "evm_setIntervalMining", 0);
      await delay(milliseconds);
      return () => ask(world, target, "evm_setIntervalMining", 1);
    },
  },
  {
    id: "F66 gas at a hundred times its price", targets: CHAINS, milliseconds: [2000, 5000], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      for (const until = Date.now() + milliseconds; Date.now() < until; await delay(500)) await ask(world, target, "anvil_setNextBlockBaseFeePerGas", "0x174876e800");
      return () => ask(world, target, "anvil_setNextBlockBaseFeePerGas", "0x3b9aca00");
    },
  },
  {
    id: "F66 gas above the executors' cap", targets: CHAINS, milliseconds: [2000, 5000], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      for (const until = Date.now() + milliseconds; Date.now() < until; await delay(500)) await ask(world, target, "anvil_setNextBlockBaseFeePerGas", "0xe8d4a51000");
      return () => ask(world, target, "anvil_setNextBlockBaseFeePerGas", "0x3b9aca00");
    },
  },
  {
    id: "F62 the executors' transactions dropped", targets: CHAINS, milliseconds: [500, 2500], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      await ask(world, target, "evm_setIntervalMining", 0);
      await delay(milliseconds);
      const ours = EXECUTORS.map((name) => world.keys[name].address.toLowerCase());
      const { pending = {}, queued = {} } = await ask(world, target, "txpool_content");
      const held = [pending, queued].flatMap((pool) => Object.entries(pool)).filter(([from]) => ours.includes(from.toLowerCase())).flatMap(([, byNonce]) => Object.values(byNonce));
      for (const { hash } of held) await ask(world, target, "anvil_dropTransaction", hash);
      return () => ask(world, target, "evm_setIntervalMining", 1);
    },
  },
  {
    id: "F67 an executor out of funds", targets: EXECUTORS.flatMap((name) => CHAINS.map((chain) => `${name} ${chain}`)), milliseconds: [2000, 6000], recovers: "chain",
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
  {
    id: "F77 the asset paused and unpaused", targets: CHAINS, milliseconds: [1000, 3000], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      await world.admin.pauseAsset(target);
      await delay(milliseconds);
      return () => world.admin.unpauseAsset(target);
    },
  },
  {
    id: "F77 a lane paused and unpaused", targets: CHAINS, milliseconds: [1000, 4000], recovers: "chain",
    async inject(world, { target, milliseconds }) {
      await world.admin.pauseLane(target);
      await delay(milliseconds);
      return () => world.admin.unpauseLane(target);
    },
  },
];
