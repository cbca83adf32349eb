import assert from "node:assert/strict";
import test from "node:test";
import { makePlan } from "./plan.mjs";

const kinds = ["a", "b", "c", "d", "e"].map((id) => ({ id, targets: ["x", "y"], milliseconds: [100, 200] }));
const plan = (seed, faults = 20) => makePlan({ seed, faults, kinds, every: 1000 });

test("a seed gives the same plan again, and another seed another", () => {
  assert.deepEqual(plan(7), plan(7));
  assert.notDeepEqual(plan(7), plan(8));
});

test("every kind is used before any is used twice", () => {
  const used = plan(3).map((fault) => fault.kind);
  for (let round = 0; round < 4; round++) assert.equal(new Set(used.slice(round * 5, round * 5 + 5)).size, 5);
});

test("faults follow each other and last as long as their kind says", () => {
  const faults = plan(5);
  faults.forEach(({ at, milliseconds, target }, i) => {
    assert.ok(at >= i * 1000 && at < (i + 0.5) * 1000 + 1);
    assert.ok(milliseconds >= 100 && milliseconds <= 200);
    assert.ok(["x", "y"].includes(target));
  });
});
