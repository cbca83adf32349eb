// How fast a deployment that starts on a backlog works it off, beside what the destination's node takes by itself.
import { THRESHOLD } from "../../demo.d/nodes.mjs";
import { createMembers } from "../members.mjs";
import { publishFor, running } from "../running.mjs";
import { makeBacklog } from "./backlog.mjs";
import { bareRate } from "./bare.mjs";
import { drain } from "./deployment.mjs";
import { report } from "./report.mjs";

await running("drain", async ({ root, folder, processes, amount: transfers, json, tell }) => {
  const { keys, validators } = createMembers(folder);
  const backlog = (name) => makeBacklog(processes, folder, { transfers, validators, threshold: THRESHOLD, name });
  tell("compiling ahead of time");
  const programs = await publishFor({ processes, root, folder, tell });
  tell(`making two backlogs of ${transfers} messages`);
  const bare = await backlog("bare");
  const bound = await bareRate(bare, validators);
  for (const chain of ["bare alpha", "bare beta"]) await processes.kill(chain);
  const world = await backlog("drain");
  const result = { transfers, bound, ...(await drain({ root, programs, folder, processes, world, keys, tell })) };
  console.log(report(result, json));
  if (result.doubled > 0) process.exitCode = 1;
});
