// Builds the two executables; a moment when nothing changed.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { dotnet } from "./dotnet.mjs";

export function build(processes, root) {
  return dotnet(processes, root, "build", ["build", join(root, "ops", "demo.d", "executables.slnf"), "-clp:NoSummary"]);
}

/** The pages, which the API takes up when it is built. */
export async function buildPages(processes, root) {
  const folder = join(root, "src", "Bridge.Web");
  const npm = (...args) => processes.run(`pages ${args[0]}`, "npm", ["--prefix", folder, ...args], { cwd: folder });
  if (!existsSync(join(folder, "node_modules", ".package-lock.json"))) await npm("ci", "--no-audit", "--no-fund");
  await npm("run", "build");
}
