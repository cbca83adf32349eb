// Processes that die without a word, freeze, lose their key, or run twice.
import { renameSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { KILL_POINTS } from "../killpoints.mjs";
import { APIS, EXECUTORS, RELAYERS, VALIDATORS } from "../organisations.mjs";

const WHO = { watch: [...VALIDATORS, ...RELAYERS], attest: VALIDATORS, relay: RELAYERS, execute: EXECUTORS, api: APIS };
/** How long a visible moment is waited for; past it, any moment will do. */
const PATIENCE = 1500;

const died = (id, point) => ({
  id: `${id} ${point} killed: ${KILL_POINTS[point].what}`, targets: WHO[KILL_POINTS[point].role], milliseconds: [0, 1500], recovers: "process",
  async inject(world, { target, milliseconds }) {
    await reach(world, target, point);
    await world.processes.kill(target);
    await delay(milliseconds);
    return () => world.organisations.restart(target);
  },
});

const froze = (id, point) => ({
  id: `${id} ${point} frozen: ${KILL_POINTS[point].what}`, targets: WHO[KILL_POINTS[point].role], milliseconds: [2000, 9000], recovers: "process",
  async inject(world, { target, milliseconds }) {
    await reach(world, target, point);
    world.processes.signal(target, "SIGSTOP");
    await delay(milliseconds);
    return () => world.processes.signal(target, "SIGCONT");
  },
});

/** Ends at the point, or when nobody came there in time. */
async function reach(world, target, point) {
  const { sql } = KILL_POINTS[point];
  if (!sql) return delay(Math.random() * 500);
  for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
    const rows = await world.sql(target).query(sql);
    if (rows?.[0]?.[0] === "t") return;
    await delay(5);
  }
}

export const processKinds = [
  ...Object.keys(KILL_POINTS).flatMap((point, i) => [died(`F${String(i + 1).padStart(2, "0")}`, point), froze(`F${String(i + 1).padStart(2, "0")}`, point)]),
  {
    id: "F73 two validators down", targets: ["validator-1 validator-4", "validator-2 validator-5", "validator-3 validator-4"], milliseconds: [1000, 5000], recovers: "process",
    async inject(world, { target, milliseconds }) {
      const names = target.split(" ");
      await Promise.all(names.map((name) => world.processes.kill(name)));
      await delay(milliseconds);
      return () => names.forEach((name) => world.organisations.restart(name));
    },
  },
  {
    id: "F25 every process killed at once", targets: ["all"], milliseconds: [500, 2000], recovers: "process", alone: true,
    async inject(world, { milliseconds }) {
      const { names } = world.organisations;
      await Promise.all(names.map((name) => world.processes.kill(name)));
      await delay(milliseconds);
      return () => names.forEach((name) => world.organisations.restart(name));
    },
  },
  {
    id: "F26 two executors with one key", targets: EXECUTORS, milliseconds: [4000, 9000], recovers: "process",
    async inject(world, { target, milliseconds, chance }) {
      world.organisations.double(target);
      await delay(1500);
      if (chance < 0.5) world.processes.signal(target, "SIGSTOP"); // longer than its lease, and then it wakes
      await delay(milliseconds);
      world.processes.signal(target, "SIGCONT");
      return () => world.processes.kill(`${target} double`);
    },
  },
  {
    id: "F80 key file missing at a restart", targets: [...VALIDATORS, ...EXECUTORS], milliseconds: [1500, 3000], recovers: "process",
    async inject(world, { target, milliseconds }) {
      const { keystore } = world.keys[target];
      await world.processes.kill(target);
      renameSync(keystore, `${keystore}.away`);
      world.organisations.restart(target);
      await delay(milliseconds);
      const refused = !world.processes.isRunning(target);
      return () => {
        renameSync(`${keystore}.away`, keystore);
        if (!refused) world.complain(`${target} runs without its key`);
        world.organisations.restart(target);
      };
    },
  },
];
