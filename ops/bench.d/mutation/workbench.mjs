// A copy of contracts/ to change, built once, and forge in it.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Compiler } from "./compiler.mjs";

// A mutant may loop for ever: one that takes so long is noticed.
const TIMEOUT_MS = 300_000;
const SETTINGS = { FOUNDRY_PROFILE: "fast", FOUNDRY_FUZZ_RUNS: "64", FOUNDRY_INVARIANT_RUNS: "8", FOUNDRY_INVARIANT_DEPTH: "64" };

export class Workbench {
  #copy;
  #compiler;

  constructor(contracts) {
    const root = mkdtempSync(join(tmpdir(), "mutation-"));
    process.on("exit", () => rmSync(root, { recursive: true, force: true }));
    this.#copy = join(root, "contracts");
    const skipped = /^(node_modules|out|cache)(\/|$)/;
    cpSync(contracts, this.#copy, { recursive: true, filter: (from) => !skipped.test(relative(contracts, from)) });
    symlinkSync(join(contracts, "node_modules"), join(this.#copy, "node_modules"));
    cpSync(join(contracts, "../tests/vectors"), join(root, "tests/vectors"), { recursive: true, filter: (from) => !from.includes("node_modules") });
    this.#forge("build"); // takes longer than any test may
    if (this.#test() !== "survived") throw new Error("the tests fail without any change");
    this.#compiler = new Compiler(this.#copy);
    this.#compiler.requireSameCode();
  }

  sources() {
    const files = readdirSync(join(this.#copy, "src"), { recursive: true });
    return files.filter((f) => f.endsWith(".sol") && !f.includes("interfaces")).map((f) => ({ file: `src/${f}`, text: readFileSync(join(this.#copy, "src", f), "utf8") }));
  }

  /**
   * killed, survived, or stillborn: one that does not compile is no mutant. Exchanges what the tests deploy. Tests that contain a library
   * themselves do not see that, so one that survives here must be confirmed.
   */
  judge(file, text) {
    try {
      return this.#compiler.apply(file, text) ? this.#test() : "stillborn";
    } finally {
      this.#compiler.restore();
    }
  }

  /** Builds all that the change reaches, and tests again: slow, and the last word. Call it once nothing is left to judge. */
  confirm(file, text) {
    const path = join(this.#copy, file);
    const before = readFileSync(path, "utf8");
    writeFileSync(path, text);
    try {
      return this.#forge("build").status === 0 ? this.#test() : "stillborn"; // apart, since a build may take longer than a test may
    } finally {
      writeFileSync(path, before);
    }
  }

  #test() {
    const { status, stdout, stderr } = this.#forge("test", "--fail-fast");
    if (status === 0) return "survived";
    return /Compiler run failed|Compilation failed/.test(stdout + stderr) ? "stillborn" : "killed";
  }

  #forge(command, ...args) {
    const timeout = command === "test" ? TIMEOUT_MS : undefined;
    return spawnSync("node_modules/.bin/forge", [command, ...args], { cwd: this.#copy, env: { ...process.env, ...SETTINGS }, timeout, encoding: "utf8", maxBuffer: 1 << 28 });
  }
}
