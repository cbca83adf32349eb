import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import test from "node:test";
import { NAMES, read, write } from "./sections.mjs";

test("what is written is read again, in the order of the benches", () => {
  const sections = new Map([["drain", "today:\n\n    drain: 5\n    # 7"], ["mutation", "x"], ["gas", "yesterday:\n\n    ours 1"]]);
  const again = read(write(sections));
  assert.deepEqual([...again.keys()], ["gas", "drain", "mutation"]);
  for (const [name, text] of sections) assert.equal(again.get(name), text);
  assert.equal(write(again), write(sections));
});

test("nothing is read of an empty file", () => assert.equal(read("").size, 0));

test("every bench with a section is there", () => {
  for (const name of NAMES) assert.ok(existsSync(new URL(`../${name}/bench.sh`, import.meta.url)), name);
});
