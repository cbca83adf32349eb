// What a deployment carries while users go on sending, beside what the bare chains mine.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { THRESHOLD } from "../../demo.d/nodes.mjs";
import { Processes } from "../../demo.d/processes.mjs";
import { freshChains } from "../drain/backlog.mjs";
import { endingAll } from "../ending.mjs";
import { createMembers } from "../members.mjs";
import { bareRate } from "./bare.mjs";
import { live } from "./deployment.mjs";
import { report } from "./report.mjs";

const BARE_SECONDS = 20;

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const [scratch, length, ...flags] = process.argv.slice(2);
const seconds = Number(length);
const folder = join(scratch, "live");
mkdirSync(folder);
const tell = (text) => console.error(text);
const processes = new Processes(folder);

await endingAll(processes, async () => {
  const { keys, validators } = createMembers(folder);
  const chains = (name) => freshChains(processes, folder, { validators, threshold: THRESHOLD, name });
  tell("measuring the bare chains");
  const bound = await bareRate(await chains("bare"), validators, Math.min(seconds, BARE_SECONDS));
  for (const chain of ["bare alpha", "bare beta"]) await processes.kill(chain);
  tell(`the bare chains mine ${Math.round(bound)} transactions/s`);
  const result = { seconds, bound, ...(await live({ root, folder, processes, world: await chains("live"), keys, validators, seconds, tell })) };
  console.log(report(result, flags.includes("--json")));
  if (result.lost > 0 || result.doubled > 0) process.exitCode = 1;
});
