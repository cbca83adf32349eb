// For what a package ships as sources only: solc 0.8.22 in that package's own settings. The outcome is kept beside the installed packages.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import solc from "solc";

const packages = fileURLToPath(new URL("node_modules/", import.meta.url));
const cache = join(packages, ".cache", "peers");

function findImports(path) {
  try {
    return { contents: readFileSync(join(packages, path), "utf8") };
  } catch (error) {
    return { error: error.message };
  }
}

function compileFile(path, name, settings) {
  const input = {
    language: "Solidity",
    sources: { [path]: { content: readFileSync(join(packages, path), "utf8") } },
    settings: { ...settings, outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } } },
  };
  const { contracts, errors = [] } = JSON.parse(solc.compile(JSON.stringify(input), { import: findImports }));
  const serious = errors.filter(({ severity }) => severity === "error");
  if (serious.length > 0) throw new Error(serious[0].formattedMessage);
  const { abi, evm } = contracts[path][name];
  return { abi, bytecode: `0x${evm.bytecode.object}` };
}

export function compile(path, name, settings) {
  const kept = join(cache, `${path.replaceAll("/", "_")}.json`);
  try {
    return JSON.parse(readFileSync(kept, "utf8"));
  } catch {
    const compiled = compileFile(path, name, settings);
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, JSON.stringify(compiled));
    return compiled;
  }
}
