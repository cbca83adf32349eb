// Makes two chains that stand still, and has it measured how soon the programs are ready beside them.
import { freshChains } from "../drain/backlog.mjs";
import { configure, measure } from "../benchmark.mjs";
import { members, THRESHOLD } from "../replay/history.mjs";
import { publishFor, running } from "../running.mjs";

/** Among which the transfers are spread that are written into the database. */
const BLOCKS = 1000;

await running("startup", async ({ root, folder, processes, amount: transfers, json, tell }) => {
  tell("compiling ahead of time");
  const programs = await publishFor({ processes, root, folder, tell });
  const { alpha, beta, chains, deployment } = await freshChains(processes, folder, { validators: members(), threshold: THRESHOLD, name: "startup" });
  for (const chain of [alpha, beta]) await chain.mine(BLOCKS);
  await measure(root, folder, "startup", configure(folder, Object.values(chains), deployment), String(transfers), programs, ...(json ? ["--json"] : []));
});
