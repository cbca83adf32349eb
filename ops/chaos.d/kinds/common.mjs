// What kinds share.
import { setTimeout as delay } from "node:timers/promises";

export const CHAINS = ["alpha", "beta", "gamma"];

/** A question to a chain's own node, past every proxy. */
export const ask = (world, chain, method, ...params) => world.chains[chain].client.request({ method, params });

/** Runs what needs blocks that do not move on meanwhile. */
export async function whileStill(world, chain, act) {
  await ask(world, chain, "evm_setIntervalMining", 0);
  try {
    return await act();
  } finally {
    await ask(world, chain, "evm_setIntervalMining", 1);
  }
}

/** Waits until `look` gives something, up to `milliseconds`. @returns what it gave, or undefined */
export async function until(milliseconds, look) {
  for (const end = Date.now() + milliseconds; Date.now() < end; await delay(50)) {
    const found = await look();
    if (found) return found;
  }
}
