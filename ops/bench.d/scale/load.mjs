// What users send. Each says how many wait for each lane when a chain makes its next block.
import { poisson } from "./chance.mjs";

/** So many a second in all, each when it likes, until a time. */
export const steady = (rate, until = Infinity) => (random) => ({
  due(chain, seconds) {
    if (chain.clock.now > until) return;
    for (const lane of chain.lanes) lane.waiting += poisson(random, (rate * seconds) / chain.lanes.length / chain.among);
  },
});

/** As fast as it is carried: so many of each lane are underway or wait. */
export const flood = (window) => () => ({
  due(chain) {
    for (const lane of chain.lanes) lane.waiting = window - (lane.mined - lane.delivered);
  },
});

/** Final messages of one lane that are there from the beginning, in full blocks; nobody sends more. */
export const backlog = (messages, perBlock) => () => ({
  due() {},
  begin(chain) {
    if (chain.name !== "1") return;
    for (let left = messages; left > 0; left -= perBlock) chain.preload(Math.min(left, perBlock));
  },
});
