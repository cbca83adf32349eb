#!/usr/bin/env node
// Changes contracts/src in a copy, one place at a time, and counts how many of the changes a test notices.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { confirm } from "./confirm.mjs";
import { mutantsOf, sample } from "./mutants.mjs";
import { Workbench } from "./workbench.mjs";

const text = (value) => ({ type: "string", default: value });
const { values } = parseArgs({ options: { sample: text("200"), seed: text("1"), skip: text("0"), file: text(""), line: text(""), keep: { type: "string" } } });
for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]]) process.on(signal, () => process.exit(code));

const started = Date.now();
const bench = new Workbench(fileURLToPath(new URL("../../../contracts", import.meta.url)), values.keep);
const isWanted = ({ file, line }) => file.includes(values.file) && ["", String(line)].includes(values.line);
const possible = bench.sources().flatMap(({ file, source }) => mutantsOf(source).map((mutant) => ({ file, ...mutant }))).filter(isWanted);
const chosen = sample(possible, Number(values.sample), Number(values.seed)).slice(Number(values.skip));

const counts = { killed: 0, survived: 0, stillborn: 0 };
const say = ({ file, line, what, before }, verdict) => console.log(`${verdict.padEnd(10)} ${file}:${line}: ${what}: ${before.trim()}`);
const count = (mutant, verdict) => {
  counts[verdict]++;
  say(mutant, verdict);
};

const doubtful = [];
for (const mutant of chosen) {
  const verdict = bench.judge([mutant]);
  if (verdict !== "survived") count(mutant, verdict);
  else doubtful.push(mutant) && say(mutant, "to confirm");
}
confirm(doubtful, (group) => bench.confirm(group), count);

const judged = counts.killed + counts.survived;
const share = judged === 0 ? "none to judge" : `${((100 * counts.killed) / judged).toFixed(1)} %`;
const seconds = Math.round((Date.now() - started) / 1000);
console.log(`mutation: ${possible.length} possible, seed ${values.seed}: ${counts.killed} of ${judged} killed (${share}), ${counts.stillborn} did not compile, ${seconds} s`);
