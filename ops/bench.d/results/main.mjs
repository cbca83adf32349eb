// Runs benches as anybody would, and keeps what they say.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NAMES, read, write } from "./sections.mjs";

const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const FILE = join(ROOT, "tests/Bridge.Benchmarks/RESULTS.md");

// Before the first: the results themselves make the tree another one.
const commit = execFileSync("git", ["-C", ROOT, "describe", "--always", "--dirty"], { encoding: "utf8" }).trim();

/** @returns its standard output; what it says of its way goes to ours */
async function run(name) {
  const child = spawn(join(ROOT, "ops/bench"), [name], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (part) => (said += part));
  const exit = await new Promise((resolve) => child.once("close", resolve));
  if (exit !== 0) throw new Error(`ops/bench ${name} ended with ${exit}: ${said}`);
  return said.trim();
}

const sections = existsSync(FILE) ? read(readFileSync(FILE, "utf8")) : new Map();
const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : NAMES) {
  console.error(`ops/bench ${name}`);
  const [began, load] = [Date.now(), loadavg()[0].toFixed(2)];
  const said = await run(name);
  const minutes = ((Date.now() - began) / 60_000).toFixed(1);
  sections.set(name, `${new Date().toISOString().slice(0, 10)}, commit ${commit}, ${cpus().length} processors (${cpus()[0].model}), load before it ${load}, ${minutes} minutes:\n\n${said.replace(/^/gm, "    ")}`);
  // After each: what was measured stays, whatever comes after it.
  writeFileSync(FILE, write(sections));
}
