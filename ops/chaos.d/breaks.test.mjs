import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { GUARDS } from "./breaks.mjs";
import { KINDS } from "./kinds/index.mjs";

for (const [name, { edits, kinds, law }] of Object.entries(GUARDS)) {
  test(`the guard ${name} is where it is looked for, and there are faults that need it`, () => {
    for (const { file, text, instead } of edits) {
      assert.equal(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8").split(text).length, 2, `${text} stands once in ${file}`);
      assert.notEqual(text, instead);
    }
    for (const part of kinds) assert.ok(KINDS.some((kind) => kind.id.includes(part)), `a kind with ${part} in its name`);
    assert.match(law, /^L\d+(, L\d+)*$/);
  });
}
