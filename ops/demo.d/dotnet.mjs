// dotnet in a work tree, in turns.

// No build server may outlive the run.
const ENV = { DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_NOLOGO: "1", DOTNET_CLI_USE_MSBUILD_SERVER: "0", MSBUILDDISABLENODEREUSE: "1", UseSharedCompilation: "false" };

/** Takes turns with other builds in the tree, unless whoever called us has the turn: two would overwrite each other's output. */
export function dotnet(processes, root, name, args) {
  const words = ["dotnet", ...args, "-c", "Release", "-p:RestoreLockedMode=true", "-v", "quiet", "-tl:off"];
  const [program, ...rest] = process.env.BRIDGE_TREE_LOCKED ? words : ["flock", root, ...words];
  return processes.run(name, program, rest, { env: ENV, cwd: root });
}
