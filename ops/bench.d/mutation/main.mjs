#!/usr/bin/env node
// Changes contracts/src in a copy, one place at a time, and counts how many of the changes a test notices.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { mutantsOf, sample } from "./mutants.mjs";

const contracts = fileURLToPath(new URL("../../../contracts", import.meta.url));
const { values } = parseArgs({ options: { sample: { type: "string", default: "200" }, seed: { type: "string", default: "1" }, file: { type: "string", default: "" } } });

const copy = mkdtempSync(join(tmpdir(), "mutation-"));
process.on("exit", () => rmSync(copy, { recursive: true, force: true }));
process.on("SIGINT", () => process.exit(130));

const skipped = /^(node_modules|out|cache)(\/|$)/;
cpSync(contracts, join(copy, "contracts"), { recursive: true, filter: (from) => !skipped.test(relative(contracts, from)) });
symlinkSync(join(contracts, "node_modules"), join(copy, "contracts/node_modules"));
cpSync(join(contracts, "../tests/vectors"), join(copy, "tests/vectors"), { recursive: true, filter: (from) => !from.includes("node_modules") });

// A mutant may loop for ever: one that takes so long is noticed.
const TIMEOUT_MS = 300_000;
const environment = { ...process.env, FOUNDRY_PROFILE: "fast", FOUNDRY_FUZZ_RUNS: "64", FOUNDRY_INVARIANT_RUNS: "8", FOUNDRY_INVARIANT_DEPTH: "64" };
const forge = (...args) => spawnSync("node_modules/.bin/forge", args, { cwd: join(copy, "contracts"), env: environment, timeout: TIMEOUT_MS, encoding: "utf8" });

/** killed, survived, or stillborn: one that does not compile is no mutant. */
function judge() {
  const { status, stdout, stderr } = forge("test", "--fail-fast");
  if (status === 0) return "survived";
  return /Compiler run failed|Compilation failed/.test(stdout + stderr) ? "stillborn" : "killed";
}

const files = readdirSync(join(contracts, "src"), { recursive: true }).filter((f) => f.endsWith(".sol") && !f.includes("interfaces") && f.includes(values.file));
const all = files.flatMap((file) => mutantsOf(readFileSync(join(contracts, "src", file), "utf8")).map((mutant) => ({ file, ...mutant })));
const chosen = sample(all, Number(values.sample), Number(values.seed));
if (judge() !== "survived") throw new Error("the tests fail without any change");

const counts = { killed: 0, survived: 0, stillborn: 0 };
for (const { file, line, what, source } of chosen) {
  const path = join(copy, "contracts/src", file);
  const before = readFileSync(path, "utf8");
  writeFileSync(path, source);
  const verdict = judge();
  writeFileSync(path, before);
  counts[verdict]++;
  console.log(`${verdict.padEnd(9)} ${file}:${line}: ${what}${verdict === "survived" ? `: ${before.split("\n")[line - 1].trim()}` : ""}`);
}
const counted = counts.killed + counts.survived;
console.log(`mutation: ${all.length} possible, seed ${values.seed}: ${counts.killed} of ${counted} killed (${((100 * counts.killed) / counted).toFixed(1)} %), ${counts.stillborn} did not compile`);
