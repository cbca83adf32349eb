// Makes a chain whose blocks hold one message and a thousand in turns, and has it measured what signing the end of each block costs.
import { freshChains } from "../drain/backlog.mjs";
import { configure, measure } from "../benchmark.mjs";
import { BATCH, members, prepareSender, sendTogether, THRESHOLD } from "../replay/history.mjs";
import { running } from "../running.mjs";

const MANY = 1000;
/** Of each kind, before those that count: in them code is compiled, and the ledger is counted for the first time. */
const WARM_UPS = 10;

await running("validator", async ({ root, folder, processes, amount: points, json, tell }) => {
  const { alpha, beta, chains, deployment } = await freshChains(processes, folder, { validators: members(), threshold: THRESHOLD, name: "validator" });
  const pairs = points + WARM_UPS;
  tell(`making ${pairs} blocks of one message and of ${MANY}`);
  await prepareSender(alpha, deployment, pairs * (MANY + 1));
  for (let pair = 0; pair < pairs; pair++) for (const counts of [[1], Array(MANY / BATCH).fill(BATCH)]) await sendTogether(alpha, beta, counts);
  for (const chain of [alpha, beta]) await chain.finalise();
  await measure(root, folder, "validator", configure(folder, Object.values(chains), deployment), String(WARM_UPS), ...(json ? ["--json"] : []));
});
