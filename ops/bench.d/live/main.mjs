// What a deployment carries while users go on sending, beside what the bare chains mine.
import { THRESHOLD } from "../../demo.d/nodes.mjs";
import { freshChains } from "../drain/backlog.mjs";
import { createMembers } from "../members.mjs";
import { publishFor, running } from "../running.mjs";
import { bareRate } from "./bare.mjs";
import { live } from "./deployment.mjs";
import { report } from "./report.mjs";

const BARE_SECONDS = 20;

await running("live", async ({ root, folder, processes, amount: seconds, json, tell }) => {
  const { keys, validators } = createMembers(folder);
  const chains = (name) => freshChains(processes, folder, { validators, threshold: THRESHOLD, name });
  tell("compiling ahead of time");
  const programs = await publishFor({ processes, root, folder, tell });
  tell("measuring the bare chains");
  const bound = await bareRate(await chains("bare"), validators, Math.min(seconds, BARE_SECONDS));
  for (const chain of ["bare alpha", "bare beta"]) await processes.kill(chain);
  tell(`the bare chains mine ${Math.round(bound)} transactions/s`);
  const result = { seconds, bound, ...(await live({ root, programs, folder, processes, world: await chains("live"), keys, validators, seconds, tell })) };
  console.log(report(result, json));
  if (result.lost > 0 || result.doubled > 0) process.exitCode = 1;
});
