// forge in a copy of contracts/.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const SETTINGS = { FOUNDRY_PROFILE: "fast", FOUNDRY_FUZZ_RUNS: "64", FOUNDRY_INVARIANT_RUNS: "8", FOUNDRY_INVARIANT_DEPTH: "64" };
// A mutant may loop for ever. Seconds of the processor, since the machine may have more to do.
const TEST_SECONDS = 120;
/** Three quarters of the time of all tests. */
const LONG = "{test/Invariants.t.sol,test/CallGas.t.sol,test/Certificates.t.sol,test/FaultProofsHonest.t.sol,test/vectors/*.t.sol,test/attacks/{Chains,Limits,GasGriefing}.t.sol}";

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

  /** Whether the short tests, the long or all of them pass. */
  passes(which) {
    const chosen = { short: ["--no-match-path", LONG], long: ["--match-path", LONG], all: [] }[which];
    return this.#run(TEST_SECONDS, "test", "--fail-fast", ...chosen).status === 0;
  }

  #run(seconds, ...args) {
    const limited = ["-c", 'ulimit -t "$1" && shift && exec "$@"', "sh", String(seconds), this.#program, ...args];
    return spawnSync("sh", limited, { cwd: this.#contracts, env: { ...process.env, ...SETTINGS }, encoding: "utf8", maxBuffer: 1 << 28 });
  }
}
