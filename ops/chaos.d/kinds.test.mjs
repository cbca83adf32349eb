import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { KILL_POINTS } from "./killpoints.mjs";
import { KINDS } from "./kinds/index.mjs";

const RECOVERIES = ["process", "postgres", "rabbitmq", "endpoint", "watcher", "chain"];
const page = readFileSync(new URL("README.md", import.meta.url), "utf8");
const [inRuns, outside] = page.split("Not in a run:").map((part) => new Set([...part.matchAll(/\| (F[^|]+) \|/g)].flatMap(([, cell]) => numbers(cell))));

function numbers(cell) {
  return [...cell.matchAll(/F(\d\d)(?:–F(\d\d))?/g)].flatMap(([, first, last]) => Array.from({ length: (last ?? first) - first + 1 }, (_, i) => Number(first) + i));
}

test("a kind says whom it strikes, for how long, and how it is seen to be over", () => {
  assert.equal(new Set(KINDS.map(({ id }) => id)).size, KINDS.length);
  for (const { id, targets, milliseconds, recovers, inject } of KINDS) {
    assert.match(id, /^F\d\d ./);
    assert.ok(targets.length > 0 && milliseconds[0] <= milliseconds[1] && RECOVERIES.includes(recovers) && typeof inject === "function", id);
  }
});

test("every kill point is there for a process that is killed and for one that is frozen", () => {
  for (const point of Object.keys(KILL_POINTS)) for (const how of ["killed", "frozen"]) assert.ok(KINDS.some(({ id }) => id.includes(` ${point} ${how}:`)), `${point} ${how}`);
});

test("every fault of the matrix has kinds, or the page says why not", () => {
  const made = new Set(KINDS.map(({ id }) => Number(id.slice(1, 3))));
  for (let fault = 1; fault <= 80; fault++) {
    assert.ok(inRuns.has(fault) || outside.has(fault), `the page tells of F${fault}`);
    assert.equal(made.has(fault), inRuns.has(fault), `F${fault} is made exactly if the page says so`);
  }
});
