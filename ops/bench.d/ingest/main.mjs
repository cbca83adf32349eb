// Makes a chain with many messages, and has it measured how fast they are read and stored.
import { makeBacklog } from "../drain/backlog.mjs";
import { configure, measure } from "../benchmark.mjs";
import { members, THRESHOLD } from "../replay/history.mjs";
import { running } from "../running.mjs";

await running("ingest", async ({ root, folder, processes, amount: messages, json, tell }) => {
  tell(`making ${messages} messages`);
  const { chains, deployment } = await makeBacklog(processes, folder, { transfers: messages, validators: members(), threshold: THRESHOLD, name: "ingest" });
  await measure(root, folder, "ingest", configure(folder, Object.values(chains), deployment), ...(json ? ["--json"] : []));
});
