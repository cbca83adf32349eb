#!/usr/bin/env node
// Where the next bottleneck is, by arithmetic and by simulation, and how far the model is from what was measured.
import { readFileSync } from "node:fs";
import { Failure } from "../../demo.d/failure.mjs";
import { bottleneck, stations } from "./arithmetic.mjs";
import { weightedQuantile } from "./chance.mjs";
import { check } from "./check.mjs";
import { makeCosts, readCosts } from "./costs.mjs";
import { fit } from "./fit.mjs";
import { simulate } from "./model.mjs";
import { readDrains, readLive } from "./readings.mjs";
import { report } from "./report.mjs";
import { scale } from "./scenarios.mjs";

const RATES = [1_000, 10_000, 100_000];
const CHAINS = [2, 5, 10, 50];
/** Less than this share of what was mined comes through: what waits grows, and the median says nothing. */
const KEEPS_UP = 0.95;

const read = (bench) => readFileSync(new URL(`../${bench}/README.md`, import.meta.url), "utf8");

try {
  console.log(report(find(), process.argv.includes("--json")));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function find() {
  const given = readCosts();
  const [drains, last] = [readDrains(read("drain")), readLive(read("live"))];
  const [fitted] = drains;
  const perMessage = fit(given, fitted);
  const costs = makeCosts(given, perMessage);
  const { validator, relayer, node } = costs;
  const checks = check(given, perMessage, { fitted, drains, last });
  const rows = RATES.flatMap((rate) => CHAINS.map((chains) => row(given, costs, chains, rate)));
  return { fitted, perMessage, costs: { validator, relayer, node }, checks, rows };
}

function row(given, costs, chains, rate) {
  const all = stations(given, costs, chains, rate);
  const first = bottleneck(all);
  const next = bottleneck(all.filter(({ station }) => station !== first.station));
  const { seconds, mined, delivered, latencies, workers } = simulate(scale(given, chains, rate), costs);
  const [name, share] = [...workers].reduce((a, b) => (b[1] > a[1] ? b : a));
  const p50 = delivered < KEEPS_UP * mined ? null : weightedQuantile(latencies, 0.5);
  return { rate, chains, first, next, stations: all, mined: mined / seconds, sustained: delivered / seconds, p50, busiest: { name, share } };
}
