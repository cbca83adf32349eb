// How fast a deployment that starts on a backlog works it off, beside what the destination's node takes by itself.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { THRESHOLD } from "../../demo.d/nodes.mjs";
import { Processes } from "../../demo.d/processes.mjs";
import { endingAll } from "../ending.mjs";
import { createMembers } from "../members.mjs";
import { makeBacklog } from "./backlog.mjs";
import { bareRate } from "./bare.mjs";
import { drain } from "./deployment.mjs";
import { report } from "./report.mjs";

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const [scratch, count, ...flags] = process.argv.slice(2);
const transfers = Number(count);
const folder = join(scratch, "drain");
mkdirSync(folder);
const tell = (text) => console.error(text);
const processes = new Processes(folder);

async function bench() {
  const { keys, validators } = createMembers(folder);
  const backlog = (name) => makeBacklog(processes, folder, { transfers, validators, threshold: THRESHOLD, name });
  tell(`making two backlogs of ${transfers} messages`);
  const bare = await backlog("bare");
  const bound = await bareRate(bare, validators);
  for (const chain of ["bare alpha", "bare beta"]) await processes.kill(chain);
  const world = await backlog("drain");
  return { transfers, bound, ...(await drain({ root, folder, processes, world, keys, tell })) };
}

await endingAll(processes, async () => {
  const result = await bench();
  console.log(report(result, flags.includes("--json")));
  if (result.doubled > 0) process.exitCode = 1;
});
