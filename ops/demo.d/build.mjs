// Builds the two executables; a moment when nothing changed.
import { existsSync } from "node:fs";
import { join } from "node:path";

export function build(processes, root) {
  // No build server may outlive the demo.
  const env = { DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_NOLOGO: "1", DOTNET_CLI_USE_MSBUILD_SERVER: "0", MSBUILDDISABLENODEREUSE: "1", UseSharedCompilation: "false" };
  const solution = join(root, "ops", "demo.d", "executables.slnf");
  // Taking turns with ops/test: two builds in one tree would overwrite each other's output.
  return processes.run("build", "flock", [root, "dotnet", "build", solution, "-c", "Release", "-p:RestoreLockedMode=true", "-v", "quiet", "-clp:NoSummary", "-tl:off"], { env, cwd: root });
}

/** The pages, which the API takes up when it is built. */
export async function buildPages(processes, root) {
  const folder = join(root, "src", "Bridge.Web");
  const npm = (...args) => processes.run(`pages ${args[0]}`, "npm", ["--prefix", folder, ...args], { cwd: folder });
  if (!existsSync(join(folder, "node_modules", ".package-lock.json"))) await npm("ci", "--no-audit", "--no-fund");
  await npm("run", "build");
}
