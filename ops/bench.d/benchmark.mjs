// A bench whose chains are made here and whose measuring is done by tests/Bridge.Benchmarks.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../demo.d/failure.mjs";

/**
 * Writes down what our programs are told of chains, as --config takes it.
 * @param chains each with its name in the deployment
 * @returns the file
 */
export function configure(folder, chains, { bridge, startBlock }) {
  const file = join(folder, "bridge.json");
  const described = chains.map(({ name, id, url }) => [name, { ChainId: id, Bridge: bridge, StartBlock: startBlock[name], Endpoints: [url] }]);
  writeFileSync(file, JSON.stringify({ Bridge: { Environment: "local", Chains: Object.fromEntries(described) } }));
  return file;
}

/** Runs one of its benchmarks to the end; it prints what it measured by itself. */
export async function measure(root, folder, ...args) {
  const program = join(root, "tests/Bridge.Benchmarks/bin/Release/net10.0/Bridge.Benchmarks.dll");
  // In a folder of its own: an appsettings.json where the bench was called would name other chains. Compiled as the programs are: see Bridge.Relayer.csproj.
  const child = spawn("dotnet", [program, ...args], { cwd: folder, env: { ...process.env, DOTNET_TieredPGO: "0" }, stdio: ["ignore", "inherit", "inherit"] });
  const exit = await new Promise((resolve) => child.once("close", resolve));
  if (exit !== 0) throw new Failure(`${args[0]} did not run to its end: exit code ${exit}`);
}
