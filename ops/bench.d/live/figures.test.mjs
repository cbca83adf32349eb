import assert from "node:assert/strict";
import { test } from "node:test";
import { quantile, slope } from "./figures.mjs";

test("a quantile is one of the values, by nearest rank", () => {
  assert.equal(quantile([5, 1, 4, 2, 3], 0.5), 3);
  assert.equal(quantile([5, 1, 4, 2, 3], 0.99), 5);
  assert.equal(quantile([7], 0.01), 7);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});

test("a slope is that of the line through the points, and 0 where there is none", () => {
  assert.equal(slope([[0, 3], [1, 5], [2, 7]]), 2);
  assert.equal(slope([[0, 1], [1, 3], [2, 1], [3, 3]]), 0.4);
  assert.equal(slope([[1, 9]]), 0);
  assert.equal(slope([]), 0);
});
