// Compiles what a changed source reaches of what the tests deploy, and puts it where they read it. The compiler stays loaded, and
// forge notices nothing: a mutant costs seconds where a rebuild of all tests costs a minute.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What tests deploy with vm.getCode, by file. */
const DEPLOYED = ["src/Bridge.sol", "src/settings/Settings.sol", "src/BridgedToken.sol", "src/Intents.sol", "src/FaultProofs.sol", "test/support/BridgeHarness.sol"];

export class Compiler {
  #contracts;
  #solc;
  #remappings;
  #sources = new Map();
  #originals = new Map();

  /** @param contracts a copy of contracts/, built by forge with the same settings */
  constructor(contracts) {
    this.#contracts = contracts;
    this.#solc = createRequire(join(contracts, "package.json"))("solc");
    const toml = readFileSync(join(contracts, "foundry.toml"), "utf8");
    this.#remappings = [...toml.matchAll(/^\s*"([^"]+\/=[^"]+)",?$/gm)].map(([, mapping]) => mapping);
  }

  /** The deployed contracts whose code a source is part of. */
  reachedFrom(file) {
    return DEPLOYED.filter((deployed) => this.#imports(deployed, new Set()).has(file));
  }

  /** Puts the code of a changed source into the artifacts. False if it does not compile. */
  apply(file, text) {
    const targets = this.reachedFrom(file);
    const output = this.#compile(targets, new Map([[file, text]]));
    if (output.errors?.some((e) => e.severity === "error")) return false;
    for (const target of targets) this.#write(target, output.contracts[target][nameOf(target)].evm.bytecode.object);
    return true;
  }

  restore() {
    for (const [path, text] of this.#originals) writeFileSync(path, text);
    this.#originals.clear();
  }

  /** Reverts unless this compiler makes of the unchanged sources exactly what forge made. */
  requireSameCode() {
    const output = this.#compile(DEPLOYED, new Map());
    for (const target of DEPLOYED) {
      const made = `0x${output.contracts[target][nameOf(target)].evm.bytecode.object}`;
      const { bytecode } = JSON.parse(readFileSync(this.#artifact(target), "utf8"));
      if (bytecode.object !== made) throw new Error(`${target}: forge's code and this compiler's differ; are the settings those of foundry.toml?`);
    }
  }

  #write(target, object) {
    const path = this.#artifact(target);
    const text = readFileSync(path, "utf8");
    if (!this.#originals.has(path)) this.#originals.set(path, text);
    const artifact = JSON.parse(text);
    artifact.bytecode.object = `0x${object}`;
    writeFileSync(path, JSON.stringify(artifact));
  }

  #compile(targets, changed) {
    const input = {
      language: "Solidity",
      sources: Object.fromEntries(targets.map((path) => [path, { content: changed.get(path) ?? this.#read(path) }])),
      settings: {
        remappings: this.#remappings,
        optimizer: { enabled: true, runs: 200 },
        evmVersion: "cancun",
        metadata: { bytecodeHash: "none", appendCBOR: false },
        outputSelection: Object.fromEntries(targets.map((path) => [path, { [nameOf(path)]: ["evm.bytecode.object"] }])),
      },
    };
    const readImport = (path) => ({ contents: changed.get(path) ?? this.#read(path) });
    return JSON.parse(this.#solc.compile(JSON.stringify(input), { import: readImport }));
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

  #artifact(target) {
    const out = join(this.#contracts, "out/fast", target.split("/").at(-1));
    const path = join(out, `${nameOf(target)}.json`);
    if (!existsSync(path)) throw new Error(`${path} is missing; forge wrote ${readdirSync(out)}`);
    return path;
  }
}

const nameOf = (path) => path.split("/").at(-1).replace(".sol", "");
