// Fails the build when the pages' JavaScript grows beyond what a phone loads in a moment.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 80_000; // Bytes of all scripts together, each compressed by gzip.

const folder = new URL("../dist/assets/", import.meta.url);
const scripts = readdirSync(folder).filter((name) => name.endsWith(".js"));
const sizes = scripts.map((name) => [name, gzipSync(readFileSync(new URL(name, folder))).length]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);
for (const [name, size] of sizes) console.log(`${String(size).padStart(7)} bytes gzip  ${name}`);
console.log(`${String(total).padStart(7)} of ${BUDGET} bytes gzip`);
if (scripts.length === 0 || total > BUDGET) {
  console.error(scripts.length === 0 ? "budget: there is no script in dist/assets" : "budget: too much JavaScript. Load less, or change the budget on purpose");
  process.exit(1);
}
