// The executables as an operator would run them: compiled ahead of time, so that one that died is back in a second.
import { join } from "node:path";
import { dotnet } from "./dotnet.mjs";

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
  return dotnet(processes, root, `publish ${project}`, ["publish", join(root, "src", project), ...how, "-o", programs]);
}
