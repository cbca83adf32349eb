// Processes that die without a word, or freeze, at each of the moments that matter.
import { setTimeout as delay } from "node:timers/promises";
import { KILL_POINTS } from "../killpoints.mjs";
import { APIS, EXECUTORS, RELAYERS, VALIDATORS } from "../organisations.mjs";

const WHO = { watch: [...VALIDATORS, ...RELAYERS], attest: VALIDATORS, relay: RELAYERS, execute: EXECUTORS, api: APIS };
/** How long a visible moment is waited for; past it, any moment will do. */
const PATIENCE = 1500;

const died = (id, point) => ({
  id: `${id} ${point} killed: ${KILL_POINTS[point].what}`, targets: WHO[KILL_POINTS[point].role], milliseconds: [0, 1500], recovers: "process",
  async inject(world, { target, milliseconds, chance }) {
    await reach(world, target, point, chance);
    await world.processes.kill(target);
    await delay(milliseconds);
    return () => world.organisations.restart(target);
  },
});

const froze = (id, point) => ({
  id: `${id} ${point} frozen: ${KILL_POINTS[point].what}`, targets: WHO[KILL_POINTS[point].role], milliseconds: [2000, 9000], recovers: "process",
  async inject(world, { target, milliseconds, chance }) {
    await reach(world, target, point, chance);
    world.processes.signal(target, "SIGSTOP");
    await delay(milliseconds);
    return () => world.processes.signal(target, "SIGCONT");
  },
});

/** Ends at the point, or when nobody came there in time. */
async function reach(world, target, point, chance) {
  const { sql } = KILL_POINTS[point];
  if (!sql) return delay(chance * 500);
  for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
    const rows = await world.sql(target).query(sql);
    if (rows?.[0]?.[0] === "t") return;
    await delay(5);
  }
}

export const killKinds = Object.keys(KILL_POINTS).flatMap((point, i) => {
  const id = `F${String(i + 1).padStart(2, "0")}`;
  return [died(id, point), froze(id, point)];
});
