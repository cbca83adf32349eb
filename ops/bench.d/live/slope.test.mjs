import assert from "node:assert/strict";
import { test } from "node:test";
import { slope } from "./slope.mjs";

test("a slope is that of the line through the points, and 0 where there is none", () => {
  assert.equal(slope([[0, 3], [1, 5], [2, 7]]), 2);
  assert.equal(slope([[0, 1], [1, 3], [2, 1], [3, 3]]), 0.4);
  assert.equal(slope([[1, 9]]), 0);
  assert.equal(slope([]), 0);
});
