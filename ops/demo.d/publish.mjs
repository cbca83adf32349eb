// The executables as an operator would run them: compiled ahead of time, so that one that died is back in a second.
import { join } from "node:path";

const PROJECTS = ["Bridge.Relayer", "Bridge.Api"];

/** @returns the folder of the programs */
export async function publish(processes, root, folder, note) {
  const programs = join(folder, "programs");
  const runtime = process.arch === "arm64" ? "linux-arm64" : "linux-x64";
  for (const project of PROJECTS) {
    await build(processes, root, project, programs, ["-r", runtime, "--self-contained", "false", "-p:PublishReadyToRun=true"]).catch((error) => {
      note.say(`${error.message.split("\n")[0]}: the compiler for it may not be there; starting takes longer without`);
      return build(processes, root, project, programs, []);
    });
  }
  return programs;
}

function build(processes, root, project, programs, how) {
  // No build server may outlive the run.
  const env = { DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_NOLOGO: "1", DOTNET_CLI_USE_MSBUILD_SERVER: "0", MSBUILDDISABLENODEREUSE: "1", UseSharedCompilation: "false" };
  const words = ["dotnet", "publish", join(root, "src", project), "-c", "Release", ...how, "-p:RestoreLockedMode=true", "-v", "quiet", "-tl:off", "-o", programs];
  // Taking turns with other builds in the tree, unless whoever called us has the turn: two would overwrite each other's output.
  const [program, ...rest] = process.env.BRIDGE_TREE_LOCKED ? words : ["flock", root, ...words];
  return processes.run(`publish ${project}`, program, rest, { env, cwd: root });
}
