// Builds the two executables; a moment when nothing changed.
import { join } from "node:path";

export function build(processes, root) {
  // No build server may outlive the demo.
  const env = { MSBUILDDISABLENODEREUSE: "1", DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_NOLOGO: "1" };
  const solution = join(root, "ops", "demo.d", "executables.slnf");
  return processes.run("build", "dotnet", ["build", solution, "-c", "Release", "-v", "quiet", "-p:UseSharedCompilation=false"], { env, cwd: root });
}
