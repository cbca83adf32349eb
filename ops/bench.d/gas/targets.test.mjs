// node --test ops/bench.d/gas
import assert from "node:assert/strict";
import { test } from "node:test";
import { TARGETS, judge } from "./targets.mjs";

const row = (figures) => ({ system: "ours", n: 10, warm: null, fresh: null, send: null, transactions: 1, dataBytes: null, ...figures });
const verdict = (figures, target) => judge([row(figures)], [{ system: "ours", n: 10, ...target }]);

test("What is exactly as much as the target is within it", () => {
  assert.deepEqual(verdict({ warm: 15_200 }, { warm: 15_200 }), [
    { system: "ours", n: 10, column: "warm", target: 15_200, measured: 15_200, met: true, by: 0 },
  ]);
});

test("One unit more is a miss, and by how much is told", () => {
  const [{ met, by }] = verdict({ send: 60_001 }, { send: 60_000 });
  assert.deepEqual({ met, by }, { met: false, by: 1 });
});

test("Tenths of bytes stay tenths", () => {
  const [{ met, by }] = verdict({ dataBytes: 34.1 }, { dataBytes: 34 });
  assert.deepEqual({ met, by }, { met: false, by: 0.1 });
});

test("Each column of a target is judged by itself", () => {
  const verdicts = verdict({ warm: 14_000, fresh: 33_000 }, { warm: 15_200, fresh: 32_400 });
  assert.deepEqual(verdicts.map(({ column, met, by }) => [column, met, by]), [["warm", true, 1_200], ["fresh", false, 600]]);
});

test("A target that nothing was measured for is an error", () => {
  assert.throws(() => judge([], TARGETS), /nothing was measured for ours, mint, 1, warm/);
  assert.throws(() => verdict({}, { warm: 1 }), /nothing was measured/);
});
