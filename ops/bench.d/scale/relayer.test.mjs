// node --test ops/bench.d/scale
import assert from "node:assert/strict";
import { test } from "node:test";
import { Chain } from "./chain.mjs";
import { Clock } from "./clock.mjs";
import { makeCosts, readCosts } from "./costs.mjs";
import { Lane } from "./lane.mjs";
import { Machine } from "./machine.mjs";
import { Organisation } from "./organisation.mjs";
import { addRelayer } from "./relayer.mjs";

const VALIDATORS = 4;
const costs = makeCosts(readCosts(), { ours: 2e-3, rest: 3e-3 });

/** A relayer with a lane of two blocks, 100 and 200 messages, that it has read, and what it hands to the destination. */
function relayer(maxInFlight) {
  const clock = new Clock();
  const chains = ["1", "2"].map((name) => Object.assign(new Chain(clock, {}, costs, {}, null), { name }));
  const lane = new Lane(...chains, VALIDATORS);
  for (const count of [100, 200]) lane.mine(count, { finalAt: 0 });
  lane.final = 300;
  const submitted = [];
  chains[1].submit = (delivery) => submitted.push(delivery.last);
  const machines = { programs: new Machine(clock, 8), database: new Machine(clock, 8) };
  const { offer, programs } = addRelayer(new Organisation(clock, "relayer", machines, costs), chains, [lane], { threshold: 3, maxInFlight, maxBatch: 256 }, () => {});
  for (const worker of programs.flat()) worker.wake();
  const after = (seconds) => {
    clock.run(clock.now + seconds);
    return submitted;
  };
  return { lane, offer: (validator, upTo) => offer(lane, validator, upTo, 1), after };
}

test("Two of three that must sign are not enough, the third is", () => {
  const { offer, after } = relayer(32);
  for (const validator of [0, 1]) offer(validator, 300);
  assert.deepEqual(after(5), []);
  offer(3, 300);
  assert.deepEqual(after(5), [256, 300]);
});

test("What a quorum signed waits until the relayer has read it as final itself", () => {
  const { lane, offer, after } = relayer(32);
  lane.final = 100;
  for (const validator of [0, 1, 2]) offer(validator, 300);
  assert.deepEqual(after(5), [100]);
});

test("An executor looks again unasked for what a delivery underway held up", () => {
  const { lane, offer, after } = relayer(1);
  for (const validator of [0, 1, 2]) offer(validator, 300);
  assert.deepEqual(after(5), [256]);
  lane.underway = 0;
  assert.deepEqual(after(5), [256, 300]);
});
