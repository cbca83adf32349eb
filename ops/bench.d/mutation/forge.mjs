// forge in a copy of contracts/.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const SETTINGS = { FOUNDRY_PROFILE: "fast", FOUNDRY_FUZZ_RUNS: "64", FOUNDRY_INVARIANT_RUNS: "8", FOUNDRY_INVARIANT_DEPTH: "64" };
// A mutant may loop for ever. Seconds of the processor, since the machine may have more to do.
const TEST_SECONDS = 120;
/** Three quarters of the time of all tests. */
const LONG = ["Invariants", "CallGas", "Certificates", "FaultProofsHonest", "vectors/*", "attacks/Chains", "attacks/Limits", "attacks/GasGriefing"];
/** What has other code in the second stage than in the first. */
const CONTAINING = ["Meters", "Floats", "Routes", "AssetWords", "attacks/Encoding"];
const pathOf = (names) => `test/{${names.join()}}.t.sol`;
const CHOICES = { first: ["--no-match-path", pathOf(LONG)], second: ["--match-path", pathOf([...LONG, ...CONTAINING])], all: [] };

export class Forge {
  #contracts;
  #program;

  constructor(contracts) {
    this.#contracts = contracts;
    // The program itself: npm's wrapper would be killed in its place.
    const vendor = join(contracts, "node_modules/@foundry-rs");
    this.#program = join(vendor, readdirSync(vendor).find((name) => name.startsWith("forge-")), "bin/forge");
  }

  build() {
    const { status, stdout, stderr } = this.#run("unlimited", "build");
    return { built: status === 0, output: stdout + stderr };
  }

  /** Whether the tests of the first stage, of the second or all of them pass. */
  passes(which) {
    return this.#run(TEST_SECONDS, "test", "--fail-fast", ...CHOICES[which]).status === 0;
  }

  #run(seconds, ...args) {
    const limited = ["-c", 'ulimit -t "$1" && shift && exec "$@"', "sh", String(seconds), this.#program, ...args];
    return spawnSync("sh", limited, { cwd: this.#contracts, env: { ...process.env, ...SETTINGS }, encoding: "utf8", maxBuffer: 1 << 28 });
  }
}
