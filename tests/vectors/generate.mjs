#!/usr/bin/env node
// Writes the six vector files beside this script. It knows protocol.md and viem, and nothing of this project's code:
// the contracts and the C# are both held against what it wrote. Same input, same bytes: `node generate.mjs --check` compares.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { certificates } from "./lib/certificates.mjs";
import { checkpoints } from "./lib/checkpoints.mjs";
import { messages } from "./lib/messages.mjs";
import { rollingHashes } from "./lib/rolling-hashes.mjs";
import { rotations } from "./lib/rotations.mjs";
import { validatorSets } from "./lib/validator-sets.mjs";

const files = {
  "message.json": messages(),
  "rolling-hash.json": rollingHashes(),
  "checkpoint.json": await checkpoints(),
  "validator-set.json": validatorSets(),
  "certificate.json": await certificates(),
  "rotation.json": rotations(),
};

let stale = 0;
for (const [name, content] of Object.entries(files)) {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`${name} is not what generate.mjs writes: run node tests/vectors/generate.mjs`);
    stale++;
  }
}
process.exit(stale ? 1 : 0);
