#!/usr/bin/env node
// Stands in for the native compiler that forge wants: npm's solc is the same compiler as JavaScript, pinned by package-lock.json.
import { readFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(import.meta.url);
const here = resolve(import.meta.dirname, "..");

function writeAll(text) {
  // A pipe takes at most what it has room for: process.stdout.write would lose the rest when the process ends.
  for (let bytes = Buffer.from(text); bytes.length > 0; ) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes));
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

function readImport(path) {
  try {
    return { contents: readFileSync(resolve(here, path), "utf8") };
  } catch (error) {
    return { error: `${path}: ${error.message}` };
  }
}

const solc = require("solc");
if (process.argv.includes("--version")) {
  // forge refuses a version whose build it does not know.
  writeAll(`solc, the solidity compiler commandline interface\nVersion: ${solc.version().replace(".Emscripten.clang", ".Linux.g++")}\n`);
} else if (process.argv.includes("--standard-json")) {
  writeAll(solc.compile(readFileSync(0, "utf8"), { import: readImport }));
} else {
  console.error("solc.mjs answers --version and --standard-json only; forge needs no more.");
  process.exit(2);
}
