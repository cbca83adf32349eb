// node --test ops/bench.d/scale
import assert from "node:assert/strict";
import { test } from "node:test";
import { stations } from "./arithmetic.mjs";
import { Chain } from "./chain.mjs";
import { weightedQuantile } from "./chance.mjs";
import { Clock } from "./clock.mjs";
import { makeCosts, readCosts } from "./costs.mjs";
import { fit } from "./fit.mjs";
import { Lane } from "./lane.mjs";
import { flood, steady } from "./load.mjs";
import { simulate } from "./model.mjs";
import { drain, scale } from "./scenarios.mjs";

const given = readCosts();
const costs = makeCosts(given, { ours: 2e-3, rest: 3e-3 });
const near = (actual, expected, share) => assert.ok(Math.abs(actual / expected - 1) <= share, `${actual} is not within ${100 * share} % of ${expected}`);
const weight = (pairs) => pairs.reduce((sum, [, count]) => sum + count, 0);

test("What goes in comes out, each once", () => {
  const { mined, delivered, latencies } = simulate({ ...scale(given, 5, 500), load: steady(500, 20), from: 0, until: 60 }, costs);
  near(mined, 10_000, 0.05);
  assert.equal(delivered, mined);
  assert.equal(weight(latencies), mined);
  assert.ok(latencies.every(([late]) => late > 0));
});

test("Nothing comes out that did not go in while more comes than is carried", () => {
  const { mined, delivered, latencies } = simulate({ ...scale(given, 3, 50_000), block: { seconds: 2, gas: 6e9, finality: 2 }, from: 0, until: 30 }, costs);
  assert.ok(delivered > 0 && delivered <= weight(latencies) && weight(latencies) < mined / 2, `${delivered} delivered of ${mined}`);
});

test("A chain's gas is the bound where it is what is full, and as much as the arithmetic says", () => {
  const gas = stations(given, costs, 2, 10_000).find(({ station }) => station === "gas of a chain");
  const { delivered, seconds } = simulate(scale(given, 2, 10_000), costs);
  near(delivered / seconds, 10_000 / gas.utilisation, 0.02);
  const twice = simulate(scale({ ...given, blockGas: 2 * given.blockGas }, 2, 10_000), costs);
  near(twice.delivered / twice.seconds, (2 * delivered) / seconds, 0.02);
});

test("A chain's watcher is the bound where there is gas enough, as much as the arithmetic says", () => {
  // Shares by which most of a message's work is the watchers'.
  const shares = { warmUp: 5, programSeconds: { validators: 50, watch: 10, relay: 6, execute: 7 }, otherSeconds: { databases: 67, nodes: 14, bench: 3, broker: 1 }, databaseSamples: { validators: 640, relayer: 200, insert: 580 } };
  const plenty = { ...given, ...shares, blockGas: 1e12 };
  const costs = makeCosts(plenty, { ours: 2e-3, rest: 3e-3 });
  const watcher = stations(plenty, costs, 2, 10_000).find(({ station }) => station === "validator: watcher of a chain");
  const { delivered, seconds } = simulate({ ...scale(plenty, 2, 0), load: flood(50_000) }, costs);
  near(delivered / seconds, 10_000 / watcher.utilisation, 0.1);
});

test("A block holds no more deliveries than its gas, in their order, and sends only beside them", () => {
  const [clock, blocks] = [new Clock(), []];
  const load = { due: (chain) => (chain.lanes[0].waiting = 100) };
  const chain = new Chain(clock, { seconds: 1, gas: 100, finality: 1 }, { gas: { send: 10 } }, load, null);
  const lane = new Lane(chain, null, 1);
  chain.lanes.push(lane);
  chain.watchers.push({ see: (block) => blocks.push([block.deliveries.map(({ last }) => last), block.messages]) });
  for (const [last, gas] of [[1, 50], [2, 40], [3, 95], [4, 5]]) chain.submit({ lane, last, count: 1, gas });
  chain.start(0);
  clock.run(2.5);
  assert.deepEqual(blocks, [[[1, 2], 1], [[3, 4], 0], [[], 10]]);
  assert.deepEqual([lane.delivered, lane.mined], [4, 11]);
});

test("A lane has no more deliveries underway than it may", () => {
  const { delivered, seconds } = simulate({ ...scale({ ...given, maxInFlight: 1, maxBatch: 128, blockGas: 1e9 }, 2, 500) }, costs);
  near(delivered / seconds, 2 * (128 / given.blockSeconds), 0.05);
});

test("Nothing is delivered sooner than a quorum's questions and the relayer's are answered", () => {
  const { latencies } = simulate({ ...scale(given, 2, 1), from: 0 }, costs);
  const { attestNews, offerNews, certify, deliver } = given;
  const least = ((attestNews + offerNews + 1 + certify + deliver) * given.question + 3 * given.hop) * 1e-6;
  assert.ok(latencies.length > 50 && latencies.every(([late]) => late > least), `${Math.min(...latencies.map(([late]) => late))} is below ${least}`);
});

test("A machine that one part needs for longer carries less", () => {
  const rate = (perMessage) => 20_000 / simulate(drain(given, 20_000), makeCosts(given, perMessage)).elapsed;
  assert.ok(rate({ ours: 4e-3, rest: 3e-3 }) < 0.85 * rate({ ours: 2e-3, rest: 3e-3 }));
});

test("The same seed is the same run, another one another", () => {
  const p50 = (seed) => weightedQuantile(simulate({ ...scale(given, 5, 300), seed, from: 0, until: 20 }, costs).latencies, 0.5);
  assert.equal(p50(1), p50(1));
  assert.notEqual(p50(1), p50(2));
});

// A block is a second: what was measured says no more exactly than that how long it took.
test("Fitting finds the costs that a drain was made with", () => {
  const { elapsed, ours } = simulate(drain(given, 10_000), costs);
  const found = fit(given, { transfers: 10_000, seconds: elapsed, cpu: (ours / 10_000) * 1e6 });
  near(found.ours, 2e-3, 0.03);
  near(found.rest, 3e-3, 0.03);
});

test("A drain that took no longer than the starts fits no costs", () => {
  assert.throws(() => fit(given, { transfers: 1000, seconds: 5, cpu: 5000 }), /measure a longer one/);
});
