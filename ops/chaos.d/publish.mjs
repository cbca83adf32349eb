// The executables as an operator would run them: compiled ahead of time, so that one that died is back in a second.
import { join } from "node:path";

const PROJECTS = ["Bridge.Relayer", "Bridge.Api"];

/** @returns the folder of the programs */
export async function publish(processes, root, folder) {
  const programs = join(folder, "programs");
  // No build server may outlive the run.
  const env = { DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_NOLOGO: "1", DOTNET_CLI_USE_MSBUILD_SERVER: "0", MSBUILDDISABLENODEREUSE: "1", UseSharedCompilation: "false" };
  for (const project of PROJECTS) {
    // Taking turns with other builds in the tree: two would overwrite each other's output.
    await processes.run(`publish ${project}`, "flock", [root, "dotnet", "publish", join(root, "src", project), "-c", "Release", "-r", process.arch === "arm64" ? "linux-arm64" : "linux-x64",
      "--self-contained", "false", "-p:PublishReadyToRun=true", "-p:RestoreLockedMode=true", "-v", "quiet", "-tl:off", "-o", programs], { env, cwd: root });
  }
  return programs;
}
