import assert from "node:assert/strict";
import test from "node:test";
import { changed, mutantsOf, sample } from "./mutants.mjs";

const whats = (source) => mutantsOf(source).map((m) => m.what);

test("a comparison, a check and a modifier can change", () => {
  assert.deepEqual(whats("        if (a < b) revert No();"), ["< becomes <=", "without the check"]);
  assert.deepEqual(whats("    function f() external restricted {"), ["without restricted"]);
  assert.deepEqual(whats("        _vault[id] = next;"), ["without the statement"]);
});

test("words, comments and imports stay", () => {
  assert.deepEqual(whats("    // a < b"), []);
  assert.deepEqual(whats('import {A} from "b";'), []);
  assert.deepEqual(whats("                let x := xor(a, b) // a < b"), ["xor( becomes and("]);
});

test("a mutant differs in its line only", () => {
  const source = "a\n        if (a < b) revert No();\nc";
  const [mutant] = mutantsOf(source);
  assert.equal(mutant.line, 2);
  assert.equal(changed(source, [mutant]), "a\n        if (a <= b) revert No();\nc");
});

test("a sample repeats with its seed", () => {
  const list = Array.from({ length: 50 }, (_, i) => i);
  assert.deepEqual(sample(list, 9, 4), sample(list, 9, 4));
  assert.notDeepEqual(sample(list, 9, 4), sample(list, 9, 5));
  assert.equal(new Set(sample(list, 50, 1)).size, 50);
});
