// What is simulated: the two benches on their machine, and deployments of many machines.
import { backlog, flood, steady } from "./load.mjs";

const SEED = 1;
const FOREVER = 36_000;
/** Of drain and live, on one machine. */
const BENCH = { chains: 2, block: { seconds: 1, gas: 2e9, finality: 2 }, warmUp: true, seed: SEED, from: 0 };
export const CORES = 2;
const BACKLOG_BLOCK = 1000;
const WINDOW = 3000;
const WARM_SHARE = 0.2;
/** Of what is simulated at scale, the first half does not count. */
const SECONDS = 160;

const same = ({ validators, threshold, maxInFlight, maxBatch }) => ({ validators, threshold, maxInFlight, maxBatch });

/** Ends when all of it is delivered. */
export const drain = (given, transfers) => ({
  ...BENCH, ...same(given), shared: { cores: CORES, background: 0 }, load: backlog(transfers, BACKLOG_BLOCK), until: FOREVER, isDone: ({ delivered }) => delivered >= transfers,
});

export const live = (given, seconds, background) => ({
  ...BENCH, ...same(given), shared: { cores: CORES, background }, load: flood(WINDOW), from: seconds * WARM_SHARE, until: seconds,
});

/** For a quarter of the time of `live`, by programs that are warm already. */
export const half = (given, seconds, background, rate) => ({
  ...BENCH, ...same(given), shared: { cores: CORES, background }, warmUp: false, load: steady(rate, seconds / 4), until: 4 * seconds,
});

export const scale = (given, chains, rate) => ({
  ...same(given), chains, block: { seconds: given.blockSeconds, gas: given.blockGas, finality: given.finality }, cores: given.cores, warmUp: false, seed: SEED,
  load: steady(rate), from: SECONDS / 2, until: SECONDS,
});
