// node --test ops/bench.d/scale
import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../../chaos.d/random.mjs";
import { Clock } from "./clock.mjs";
import { Machine } from "./machine.mjs";
import { Worker } from "./worker.mjs";

const near = (actual, expected, share) => assert.ok(Math.abs(actual / expected - 1) <= share, `${actual} is not within ${100 * share} % of ${expected}`);

/** Comes at random, `count` times, on average `rate` a second. */
function arrivals(clock, random, rate, count, arrive) {
  let at = 0;
  for (let i = 0; i < count; i++) clock.at((at -= Math.log(1 - random.next()) / rate), arrive);
}

/** @returns mean seconds from coming until it is done, at a machine that all share */
function meanSojourn({ cores = 1, background = 0, rate, seconds }) {
  const [clock, random, count] = [new Clock(), new Random(5), 60_000];
  const machine = new Machine(clock, cores, background);
  let total = 0;
  arrivals(clock, random, rate, count, () => {
    const came = clock.now;
    machine.use(seconds(random), "us", () => (total += clock.now - came));
  });
  clock.run(Infinity);
  return total / count;
}

test("One that serves in turn, M/D/1, has each wait for rho S / 2 (1 - rho)", () => {
  const [clock, random, queue, waits] = [new Clock(), new Random(3), [], []];
  const server = new Worker(clock, "server", function* () {
    while (queue.length > 0) {
      waits.push(clock.now - queue.shift());
      yield 1;
    }
  }, (seconds, done) => clock.after(seconds, done));
  server.wake();
  arrivals(clock, random, 0.8, 100_000, () => {
    queue.push(clock.now);
    server.ring();
  });
  clock.run(Infinity);
  assert.equal(waits.length, 100_000);
  near(waits.reduce((sum, wait) => sum + wait, 0) / waits.length, 0.8 / (2 * 0.2), 0.05);
  near(server.busy / clock.now, 0.8, 0.02);
});

test("One processor that all share, M/G/1, keeps each for S / (1 - rho), whatever the sizes are", () => {
  near(meanSojourn({ rate: 0.5, seconds: () => 1 }), 2, 0.05);
  near(meanSojourn({ rate: 0.5, seconds: (random) => (random.next() < 0.9 ? 0.5 : 5.5) }), 2, 0.08);
});

test("Nobody gets more than one processor, and others that want one take their share", () => {
  near(meanSojourn({ cores: 8, rate: 0.01, seconds: () => 1 }), 1, 0.001);
  near(meanSojourn({ cores: 1, background: 1, rate: 0.0001, seconds: () => 1 }), 2, 0.001);
});

test("What a machine says was used counts what has not ended yet", () => {
  const clock = new Clock();
  const machine = new Machine(clock, 1);
  for (const whose of ["a", "a", "b"]) machine.use(10, whose, () => {});
  clock.run(6);
  near(machine.used("a"), 4, 1e-9);
  near(machine.used("b"), 2, 1e-9);
  assert.equal(machine.used("nobody"), 0);
});

test("A bell that rings during a step is one more step, however often it rings, and one before the start is kept", () => {
  const clock = new Clock();
  let steps = 0;
  const worker = new Worker(clock, "worker", function* () {
    steps++;
    yield 1;
  }, (seconds, done) => clock.after(seconds, done));
  worker.ring();
  clock.run(5);
  assert.equal(steps, 0);
  worker.wake();
  for (let i = 0; i < 3; i++) worker.ring();
  clock.run(20);
  assert.equal(steps, 2);
});

test("What is due at one time happens in the order in which it was asked for", () => {
  const [clock, seen] = [new Clock(), []];
  for (const [at, name] of [[2, "c"], [1, "a"], [2, "d"], [1, "b"]]) clock.at(at, () => seen.push(name));
  clock.run(1.5);
  assert.deepEqual([seen.join(""), clock.now], ["ab", 1.5]);
  clock.run(3);
  assert.equal(seen.join(""), "abcd");
});
