import assert from "node:assert/strict";
import { test } from "node:test";
import { quantile } from "./quantile.mjs";

test("a quantile is one of the values, by nearest rank", () => {
  assert.equal(quantile([5, 1, 4, 2, 3], 0.5), 3);
  assert.equal(quantile([5, 1, 4, 2, 3], 0.99), 5);
  assert.equal(quantile([7], 0.01), 7);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});
