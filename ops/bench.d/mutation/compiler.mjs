// Compiles what a changed source reaches of what the tests deploy. The compiler stays loaded: a mutant costs seconds where a rebuild of
// all tests costs minutes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const contract = (file) => ({ file, name: file.split("/").at(-1).replace(/(\.t)?\.sol$/, (_, test) => (test ? "Test" : "")) });
/** What most tests deploy, with vm.getCode. */
export const DEPLOYED = ["src/Bridge.sol", "src/settings/Settings.sol", "src/BridgedToken.sol", "src/Intents.sol", "src/FaultProofs.sol"].map(contract);
/** What the vectors deploy, and the tests that contain libraries themselves. */
export const EMBEDDED = ["test/support/BridgeHarness.sol", "test/Meters.t.sol", "test/Floats.t.sol", "test/Routes.t.sol", "test/AssetWords.t.sol"].map(contract);

const WHOLE = { enabled: true, runs: 200 };
// Half the time goes into finding common subexpressions, and tests pass without.
const QUICK = {
  runs: 200,
  details: { peephole: true, inliner: true, jumpdestRemover: true, orderLiterals: true, deduplicate: true, cse: false, constantOptimizer: true, yul: true },
};

export class Compiler {
  #contracts;
  #solc;
  #remappings;
  #sources = new Map();

  /** @param contracts a copy of contracts/, whose sources stay as they are while this compiler lives */
  constructor(contracts) {
    this.#contracts = contracts;
    this.#solc = createRequire(join(contracts, "package.json"))("solc");
    const toml = readFileSync(join(contracts, "foundry.toml"), "utf8");
    this.#remappings = [...toml.matchAll(/^\s*"([^"]+\/=[^"]+)",?$/gm)].map(([, mapping]) => mapping);
  }

  /** Those of the targets that a source is part of. */
  reached(targets, source) {
    return targets.filter(({ file }) => this.#imports(file, new Set()).has(source));
  }

  /** Creation code by target, or undefined if the changed source does not compile. */
  compile(targets, source, text) {
    return targets.length === 0 ? new Map() : this.#compile(targets, new Map([[source, text]]), QUICK);
  }

  /** Reverts unless this compiler makes of the sources what forge made, so that a mutant differs by its change alone. */
  requireSame(targets, artifacts) {
    for (const [target, code] of this.#compile(targets, new Map(), WHOLE)) {
      if (artifacts.code(target) !== code) throw new Error(`${target.file}: forge's code and ours differ; are the settings those of foundry.toml?`);
    }
  }

  #compile(targets, changed, optimizer) {
    const input = {
      language: "Solidity",
      sources: Object.fromEntries(targets.map(({ file }) => [file, { content: changed.get(file) ?? this.#read(file) }])),
      settings: {
        remappings: this.#remappings,
        optimizer,
        evmVersion: "cancun",
        metadata: { bytecodeHash: "none", appendCBOR: false },
        outputSelection: Object.fromEntries(targets.map(({ file, name }) => [file, { [name]: ["evm.bytecode.object"] }])),
      },
    };
    const readImport = (path) => ({ contents: changed.get(path) ?? this.#read(path) });
    const { errors, contracts } = JSON.parse(this.#solc.compile(JSON.stringify(input), { import: readImport }));
    if (errors?.some(({ severity }) => severity === "error")) return undefined;
    return new Map(targets.map((target) => [target, `0x${contracts[target.file][target.name].evm.bytecode.object}`]));
  }

  #imports(path, seen) {
    if (seen.has(path) || path.startsWith("node_modules")) return seen;
    seen.add(path);
    for (const [, to] of this.#read(path).matchAll(/^import [^;]*"(\.[^"]+)";/gm)) this.#imports(join(path, "..", to), seen);
    return seen;
  }

  #read(path) {
    if (!this.#sources.has(path)) this.#sources.set(path, readFileSync(join(this.#contracts, path), "utf8"));
    return this.#sources.get(path);
  }
}
