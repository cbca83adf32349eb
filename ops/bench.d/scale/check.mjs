// The model set up as drain and as live, beside what they measured: the median of several seeds, of which each has the chains' blocks at other times.
import { quantile } from "../../demo.d/quantile.mjs";
import { weightedQuantile } from "./chance.mjs";
import { makeCosts } from "./costs.mjs";
import { simulate } from "./model.mjs";
import { CORES, drain, half, live } from "./scenarios.mjs";

const WITHIN = 0.2;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/**
 * @param fitted the drain that `perMessage` was fitted to: it is no check
 * @returns a comparison, as `compare` makes it, for each figure
 */
export function check(given, perMessage, { fitted, drains, last }) {
  return [...drains.filter(({ transfers }) => transfers !== fitted.transfers).flatMap((one) => ofDrain(given, perMessage, one)), ...ofLive(given, perMessage, last)];
}

function ofDrain(given, perMessage, { transfers, rate, cpu }) {
  const runs = simulateAll(drain(given, transfers), makeCosts(given, perMessage));
  const name = `drain of ${transfers}`;
  return [
    compare(`${name}, rate`, "transfers/s", rate, runs.map(({ elapsed }) => transfers / elapsed)),
    compare(`${name}, our processor`, "microseconds each", cpu, runs.map(({ ours }) => (ours / transfers) * 1e6)),
  ];
}

/** Half of the rate is half of the measured one, so that both are asked for the same. */
function ofLive(given, perMessage, { rate, seconds, bare, cpu, p50 }) {
  const background = given.liveBackground;
  const costs = makeCosts(given, perMessage, (CORES - background) / bare);
  const full = simulateAll(live(given, seconds, background), costs);
  const calm = simulateAll(half(given, seconds, background, rate / 2), costs);
  return [
    compare("live, rate", "transfers/s", rate, full.map((run) => run.delivered / run.seconds)),
    compare("live, our processor", "microseconds each", cpu, full.map((run) => (run.ours / run.delivered) * 1e6)),
    compare("live, added p50 at half of the rate", "ms", p50, calm.map(({ latencies }) => weightedQuantile(latencies, 0.5) * 1e3)),
  ];
}

const simulateAll = (plan, costs) => SEEDS.map((seed) => simulate({ ...plan, seed }, costs));

/**
 * @param runs what the model says, for each seed
 * @returns {{ what: string, unit: string, measured: number, modelled: number, ratio: number, least: number, most: number, met: boolean }} ratios of
 *   what was modelled to what was measured: of the median, and of the least and the most of all
 */
export function compare(what, unit, measured, runs) {
  const modelled = quantile(runs, 0.5);
  const ratio = modelled / measured;
  return { what, unit, measured, modelled, ratio, least: Math.min(...runs) / measured, most: Math.max(...runs) / measured, met: Math.abs(ratio - 1) <= WITHIN };
}
