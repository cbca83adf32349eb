// The bound: how fast the two chains mine the same transactions, with nothing of ours beside them.
import { setTimeout as delay } from "node:timers/promises";
import { Blocks } from "./blocks.mjs";
import { Load } from "./load.mjs";
import { Users } from "./users.mjs";

const WARM = 3000;

/** @returns transactions a second on both chains together */
export async function bareRate(world, validators, seconds) {
  const users = await Users.prepare(world, validators);
  const blocks = [world.alpha, world.beta].map((chain) => new Blocks(chain));
  for (const one of blocks) one.start();
  const counts = Object.values(users).map(() => 0);
  const loads = Object.values(users).map((one, i) => new Load(one, () => counts[i]));
  const until = performance.now() + WARM + seconds * 1000;
  const mined = async (one) => (await one.mined()).reduce((sum, nonce) => sum + nonce, 0);
  const first = await Promise.all(Object.values(users).map(mined));
  const watching = Promise.all(Object.values(users).map(async (one, i) => {
    for (; performance.now() < until; await delay(200)) counts[i] = (await mined(one)) - first[i];
  }));
  const flooding = Promise.all(loads.map((load) => load.flood(until)));
  const sum = () => counts.reduce((a, b) => a + b, 0);
  const before = await delay(WARM).then(() => ({ count: sum(), at: performance.now() }));
  await Promise.race([Promise.all([watching, flooding]), ...blocks.map(({ failure }) => failure)]);
  const rate = (sum() - before.count) / ((performance.now() - before.at) / 1000);
  for (const one of blocks) await one.stop();
  return rate;
}
