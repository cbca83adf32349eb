// forge's build of what is deployed.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { encodeDeployData } from "viem";
import { Refused } from "./refused.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds one source and what it imports. Costs a moment when nothing changed, and never deploys a stale build. */
export function build(source) {
  try {
    execFileSync(`${root}node_modules/.bin/forge`, ["build", source], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    if (error.code === "ENOENT") throw new Refused("forge is not installed: run npm ci in contracts/");
    throw new Refused(`forge build failed:\n${error.stderr}`);
  }
}

export function load(name) {
  const { abi, bytecode } = JSON.parse(readFileSync(`${root}out/${name}.sol/${name}.json`, "utf8"));
  return { abi, initCode: (args) => encodeDeployData({ abi, bytecode: bytecode.object, args }) };
}

build("script/Deployed.sol");
export const AccessManager = load("AccessManager");
// The Bridge's address answers what the Bridge and its settings answer together.
export const Bridge = { ...load("Bridge"), abi: load("IBridge").abi };
export const BridgedToken = load("BridgedToken");
export const FaultProofs = load("FaultProofs");
export const Intents = load("Intents");
export const Settings = load("Settings");
export const TestToken = load("TestToken");
