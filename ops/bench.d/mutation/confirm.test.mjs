import assert from "node:assert/strict";
import test from "node:test";
import { apart, confirm } from "./confirm.mjs";

const mutants = Array.from({ length: 7 }, (_, line) => ({ file: "a", line }));

function run(noticed) {
  const verdicts = [];
  let judgements = 0;
  confirm(
    mutants,
    (group) => (judgements++, group.some(({ line }) => noticed.includes(line)) ? "killed" : "survived"),
    ({ line }, verdict) => (verdicts[line] = verdict),
  );
  return { judgements, killed: mutants.map(({ line }) => line).filter((line) => verdicts[line] === "killed"), told: verdicts.length };
}

test("one judgement is enough where nothing is noticed", () => {
  assert.deepEqual(run([]), { judgements: 1, killed: [], told: 7 });
});

test("each that is noticed is found among the others", () => {
  assert.deepEqual(run([0, 5]).killed, [0, 5]);
  assert.deepEqual(run([0, 1, 2, 3, 4, 5, 6]).killed, [0, 1, 2, 3, 4, 5, 6]);
});

test("two changes of one line are never judged together", () => {
  const [a, b, c] = [{ file: "a", line: 1 }, { file: "a", line: 1 }, { file: "b", line: 1 }];
  assert.deepEqual(apart([a, b, c]), [[a, c], [b]]);
});
