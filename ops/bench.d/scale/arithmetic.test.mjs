// node --test ops/bench.d/scale
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Random } from "../../chaos.d/random.mjs";
import { report as drainReport } from "../drain/report.mjs";
import { report as liveReport } from "../live/report.mjs";
import { bottleneck, stations, trafficOf } from "./arithmetic.mjs";
import { allot } from "./chain.mjs";
import { poisson, weightedQuantile } from "./chance.mjs";
import { compare } from "./check.mjs";
import { deliveryGas, makeCosts, readCosts } from "./costs.mjs";
import { Lane } from "./lane.mjs";
import { readDrains, readLive } from "./readings.mjs";

const given = readCosts();
const costs = makeCosts(given, { ours: 2e-3, rest: 3e-3 });
const close = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-9 * Math.abs(expected), `${actual} is not ${expected}`);
const sum = (part, what) => Object.values(part).reduce((total, step) => total + step[what], 0);

test("Each cost has a unit and a source, and the files that it names are there", () => {
  const root = new URL("../../../", import.meta.url);
  for (const [name, { value, unit, source }] of Object.values(JSON.parse(readFileSync(new URL("costs.json", import.meta.url), "utf8"))).flatMap(Object.entries)) {
    assert.ok(value !== undefined && unit && source, name);
    for (const [file] of source.matchAll(/(?:src|contracts)\/[\w./]+\w/g)) assert.ok(existsSync(new URL(file, root)), `${name}: ${file}`);
    for (const [file] of source.matchAll(/\.\.\/[\w./]+\w/g)) assert.ok(existsSync(new URL(file, import.meta.url)), `${name}: ${file}`);
  }
});

test("What a message costs in all is paid by somebody, and once", () => {
  close(given.validators * sum(costs.validator, "programs") + sum(costs.relayer, "programs"), 2e-3);
  close(given.validators * sum(costs.validator, "database") + sum(costs.relayer, "database") + costs.node.deliver, 3e-3);
});

test("Gas of deliveries leads back to what was measured of one and of a hundred", () => {
  const { delivery, message } = deliveryGas(given);
  close(delivery + message, given.deliveryGas1);
  close(delivery + 100 * message, 100 * given.deliveryGas100);
});

test("Ten times the transfers is ten times the gas, where batches are full", () => {
  const gas = (rate) => stations(given, costs, 2, rate).find(({ station }) => station === "gas of a chain").utilisation;
  close(gas(100_000), 10 * gas(10_000));
});

test("The bottleneck is the fullest, and only what overflows is said to take more", () => {
  const all = stations(given, costs, 2, 1000);
  assert.equal(bottleneck([{ station: "a", utilisation: 0.5 }, { station: "b", utilisation: 2 }, { station: "c", utilisation: 1 }]).station, "b");
  for (const { utilisation, takes, station } of all) assert.equal(takes !== null, utilisation > 1, station);
  assert.match(all[0].takes, /^35 million gas\/s$/);
});

test("Few transfers are a point and a delivery each, many share them", () => {
  const few = trafficOf(given, 50, 10);
  for (const count of [few.news, few.deliveries]) assert.ok(count > 9.9 && count <= 10, count);
  const many = trafficOf(given, 2, 1_000_000);
  close(many.deliveries, 1_000_000 / given.maxBatch);
  close(many.points, 1 + 1_000_000 / 128);
});

test("What there is not room for is shared, to the last place", () => {
  assert.deepEqual(allot([3, 0, 4], 10), [3, 0, 4]);
  assert.deepEqual(allot([30, 0, 10], 8), [6, 0, 2]);
  assert.equal(allot([5, 5, 5], 7).reduce((a, b) => a + b), 7);
  assert.deepEqual(allot([5, 5], 0), [0, 0]);
});

test("A lane is attested at the ends of blocks and at multiples of 128", () => {
  const lane = new Lane("a", "b", 4);
  lane.mine(100, { finalAt: 1 });
  lane.mine(200, { finalAt: 2 });
  lane.mine(84, { finalAt: 3 });
  assert.deepEqual(lane.points, [100, 128, 256, 300, 384]);
  assert.deepEqual([lane.pointsIn(100, 300), lane.pointBelow(299), lane.pointBelow(99)], [3, 256, 0]);
  assert.deepEqual(lane.hand(128, 10), [[9, 100], [8, 28]]);
  assert.deepEqual(lane.hand(384, 11), [[9, 172], [8, 84]]);
});

test("A quorum is as far as the third of four", () => {
  const lane = new Lane("a", "b", 4);
  [7, 2, 9, 5].forEach((offered, i) => (lane.validators[i].offered = offered));
  assert.equal(lane.quorum(3), 5);
});

test("Chance has the mean that it is asked for", () => {
  const random = new Random(1);
  for (const mean of [0.3, 7, 400]) {
    const total = Array.from({ length: 20_000 }, () => poisson(random, mean)).reduce((a, b) => a + b);
    assert.ok(Math.abs(total / 20_000 / mean - 1) < 0.03, `${total / 20_000} for ${mean}`);
  }
});

test("A quantile counts each as often as it is there", () => {
  assert.equal(weightedQuantile([[9, 1], [1, 5], [4, 4]], 0.5), 1);
  assert.equal(weightedQuantile([[9, 1], [1, 5], [4, 4]], 0.6), 4);
  assert.ok(Number.isNaN(weightedQuantile([], 0.5)));
});

test("What drain and live print is read out of it again", () => {
  const line = (transfers) => drainReport({ transfers, bound: 9232, seconds: 46.8, rate: 213, cpu: 6189, doubled: 0 }, false);
  const [less, more] = readDrains(`text\n    ${line(30_000)}\n    ${line(10_000)}\n`);
  assert.deepEqual([less.transfers, more.transfers, less.seconds, less.cpu], [10_000, 30_000, 46.8, 6189]);
  const memory = { attester: 1, executor: 1, all: 1, growth: 1, grower: { name: "relayer", growth: 1 } };
  const text = liveReport({ seconds: 60, bound: 3007, rate: 147, cpu: 6054, latency: [2287], lone: [4439], memory, lost: 0, doubled: 0 }, false);
  assert.deepEqual(readLive(text), { rate: 147, seconds: 60, bare: 3007, cpu: 6054, p50: 2287 });
  assert.throws(() => readDrains("nothing"), /drain's README/);
  assert.throws(() => readLive("nothing"), /live's README/);
});

test("The READMEs of drain and live have such results", () => {
  const read = (bench) => readFileSync(new URL(`../${bench}/README.md`, import.meta.url), "utf8");
  assert.ok(readDrains(read("drain")).length > 1, "one drain is fitted to, so there must be another to check");
  assert.ok(readLive(read("live")).rate > 0);
});

test("A fifth more or less than measured is within it, by the median, and all of them are told", () => {
  const { ratio, least, most, met } = compare("", "", 100, [90, 120, 200]);
  assert.deepEqual([ratio, least, most, met], [1.2, 0.9, 2, true]);
  assert.equal(compare("", "", 100, [79]).met, false);
  assert.equal(compare("", "", 100, [121]).met, false);
});
