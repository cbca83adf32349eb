// A copy of contracts/ to change, built once, and the tests in it.
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Artifacts } from "./artifacts.mjs";
import { Compiler, DEPLOYED, EMBEDDED } from "./compiler.mjs";
import { Forge } from "./forge.mjs";
import { changed } from "./mutants.mjs";

// Most mutants fall to the first.
const STAGES = [{ targets: DEPLOYED, tests: "first" }, { targets: EMBEDDED, tests: "second" }];

export class Workbench {
  #copy;
  #forge;
  #compiler;
  #artifacts;

  /** @param kept a folder in which the build stays for the next run, or undefined */
  constructor(contracts, kept) {
    const root = kept ?? mkdtempSync(join(tmpdir(), "mutation-"));
    if (kept === undefined) process.on("exit", () => rmSync(root, { recursive: true, force: true }));
    this.#copy = join(root, "contracts");
    copyInto(root, contracts);
    this.#forge = new Forge(this.#copy);
    const { built, output } = this.#forge.build();
    if (!built) throw new Error(`the contracts do not build:\n${output}`);
    this.#compiler = new Compiler(this.#copy);
    this.#artifacts = new Artifacts(join(this.#copy, "out/fast"));
    this.#compiler.requireSame([...DEPLOYED, ...EMBEDDED], this.#artifacts);
    if (this.judge([]) !== "survived") throw new Error("the tests fail without any change");
  }

  /** What can be changed: the code, by file. */
  sources() {
    const files = readdirSync(join(this.#copy, "src"), { recursive: true }).map((name) => `src/${name}`);
    return files.filter((file) => file.endsWith(".sol") && !file.includes("interfaces")).sort().map((file) => ({ file, source: this.#read(file) }));
  }

  /** killed, survived, or stillborn: one that does not compile is no mutant. Exchanges the code that tests use; forge compiles nothing. */
  judge(mutants) {
    const file = mutants[0]?.file ?? "src/Bridge.sol";
    const text = changed(this.#read(file), mutants);
    try {
      for (const { targets, tests } of STAGES) {
        const code = this.#compiler.compile(this.#compiler.reached(targets, file), file, text);
        if (code === undefined) return "stillborn";
        for (const [target, made] of code) this.#artifacts.exchange(target, made);
        if (!this.#forge.passes(tests)) return "killed";
      }
      return "survived";
    } finally {
      this.#artifacts.restore();
    }
  }

  /** The last word: changes the sources themselves, of several mutants at once, and builds all that they reach. Slow. */
  confirm(mutants) {
    const files = [...new Set(mutants.map(({ file }) => file))];
    const before = files.map((file) => [file, this.#read(file)]);
    try {
      for (const [file, source] of before) writeFileSync(join(this.#copy, file), changed(source, mutants.filter((mutant) => mutant.file === file)));
      if (!this.#forge.build().built) return "stillborn";
      return this.#forge.passes("all") ? "survived" : "killed";
    } finally {
      for (const [file, source] of before) writeFileSync(join(this.#copy, file), source);
    }
  }

  #read(file) {
    return readFileSync(join(this.#copy, file), "utf8");
  }
}

function copyInto(root, contracts) {
  const made = /^(node_modules|out|cache)(\/|$)/;
  for (const part of readdirSync(contracts).filter((name) => !made.test(name))) {
    rmSync(join(root, "contracts", part), { recursive: true, force: true });
    cpSync(join(contracts, part), join(root, "contracts", part), { recursive: true, preserveTimestamps: true });
  }
  rmSync(join(root, "contracts/node_modules"), { force: true });
  symlinkSync(join(contracts, "node_modules"), join(root, "contracts/node_modules"));
  const vectors = join(contracts, "../tests/vectors");
  cpSync(vectors, join(root, "tests/vectors"), { recursive: true, filter: (from) => !relative(vectors, from).includes("node_modules") });
}
