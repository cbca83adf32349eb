#!/usr/bin/env node
// Changes contracts/src in a copy, one place at a time, and counts how many of the changes a test notices.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { mutantsOf, sample } from "./mutants.mjs";
import { Workbench } from "./workbench.mjs";

const options = { sample: { type: "string", default: "200" }, seed: { type: "string", default: "1" }, file: { type: "string", default: "" }, line: { type: "string" } };
const { values } = parseArgs({ options });
process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));

const bench = new Workbench(fileURLToPath(new URL("../../../contracts", import.meta.url)));
const isWanted = (mutant) => mutant.file.includes(values.file) && (values.line === undefined || mutant.line === Number(values.line));
const all = bench.sources().flatMap(({ file, text }) => mutantsOf(text).map((mutant) => ({ file, text, ...mutant }))).filter(isWanted);
const describe = ({ file, text, line, what }) => `${file}:${line}: ${what}: ${text.split("\n")[line - 1].trim()}`;
const counts = { killed: 0, survived: 0, stillborn: 0 };
const started = Date.now();

const survivors = [];
for (const mutant of sample(all, Number(values.sample), Number(values.seed))) {
  const verdict = bench.judge(mutant.file, mutant.source);
  if (verdict === "survived") survivors.push(mutant);
  else counts[verdict]++;
  console.log(`${(verdict === "survived" ? "to confirm" : verdict).padEnd(10)} ${describe(mutant)}`);
}
for (const mutant of survivors) {
  const verdict = bench.confirm(mutant.file, mutant.source);
  counts[verdict]++;
  console.log(`${verdict.padEnd(10)} ${describe(mutant)}`);
}
const counted = counts.killed + counts.survived;
const share = counted === 0 ? "none to judge" : `${((100 * counts.killed) / counted).toFixed(1)} %`;
const seconds = Math.round((Date.now() - started) / 1000);
console.log(`mutation: ${all.length} possible, seed ${values.seed}: ${counts.killed} of ${counted} killed (${share}), ${counts.stillborn} did not compile, ${seconds} s`);
