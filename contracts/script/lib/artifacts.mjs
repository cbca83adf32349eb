// forge's build of what is deployed.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { encodeDeployData } from "viem";
import { Refused } from "./refused.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

function build() {
  try {
    // Costs a moment when nothing changed, and never deploys a stale build.
    execFileSync(`${root}node_modules/.bin/forge`, ["build", "script/Deployed.sol"], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    if (error.code === "ENOENT") throw new Refused("forge is not installed: run npm ci in contracts/");
    throw new Refused(`forge build failed:\n${error.stderr}`);
  }
}

function load(name) {
  const { abi, bytecode } = JSON.parse(readFileSync(`${root}out/${name}.sol/${name}.json`, "utf8"));
  return { abi, initCode: (args) => encodeDeployData({ abi, bytecode: bytecode.object, args }) };
}

build();
export const AccessManager = load("AccessManager");
export const Bridge = load("Bridge");
export const BridgedToken = load("BridgedToken");
export const TestToken = load("TestToken");
