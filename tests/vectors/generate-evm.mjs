#!/usr/bin/env node
// Writes evm-*.json beside this script: what ethers makes of random and chosen input, after viem made the same of it. Nothing of this
// project's code is used. Same input, same bytes: `node generate-evm.mjs --check` compares. `npm ci` in this folder brings both.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { abi } from "./evm/abi.mjs";
import { calls } from "./evm/calls.mjs";
import { keystores } from "./evm/keystores.mjs";
import { rlp } from "./evm/rlp.mjs";
import { signatures } from "./evm/signatures.mjs";
import { transactions } from "./evm/transactions.mjs";
import { typedData } from "./evm/typed-data.mjs";

const files = {
  "evm-abi.json": abi(),
  "evm-calls.json": calls(),
  "evm-keystores.json": await keystores(),
  "evm-rlp.json": rlp(),
  "evm-signatures.json": await signatures(),
  "evm-transactions.json": await transactions(),
  "evm-typed-data.json": typedData(),
};

/** One case per line: compact, and a changed case shows as one line. */
const lines = ({ format, cases }) =>
  `{\n"format": ${JSON.stringify(format)},\n"cases": [\n${cases.map((c) => JSON.stringify(c)).join(",\n")}\n]\n}\n`;

let stale = 0;
for (const [name, content] of Object.entries(files)) {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const text = lines(content);
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`${name} is not what generate-evm.mjs writes: run node tests/vectors/generate-evm.mjs`);
    stale++;
  }
}
process.exit(stale ? 1 : 0);
