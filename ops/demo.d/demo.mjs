// What happens in the demo, in order.
import { fileURLToPath } from "node:url";
import { audit } from "./audit.mjs";
import { build, buildPages } from "./build.mjs";
import { startChains } from "./chains.mjs";
import { Databases } from "./databases.mjs";
import { deploy } from "./deployment.mjs";
import { readEvidence } from "./evidence.mjs";
import { createKeys } from "./keys.mjs";
import { EXECUTOR, Nodes, THRESHOLD, VALIDATORS } from "./nodes.mjs";
import { follow } from "./progress.mjs";
import { closingLine, passed, report } from "./report.mjs";
import { stay } from "./stay.mjs";
import { Traffic } from "./traffic.mjs";
import { users as makeUsers } from "./users.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const VICTIM = "validator-2";

/** @returns the exit code: 0 if every transfer was delivered exactly once and the supply agrees, otherwise 1; with --stay, never */
export async function demo({ options, folder, processes, note }) {
  const users = makeUsers();
  const keys = createKeys(folder, [...VALIDATORS, EXECUTOR]);
  note.say("building the executables, starting two chains, deploying the contracts");
  const [, { chains, deployment }] = await Promise.all([buildAll(processes, options), startContracts({ folder, processes, keys })]);

  note.say(`starting ${VALIDATORS.length} validators (threshold ${THRESHOLD}), a relayer, an executor and the API`);
  const nodes = new Nodes({ root: ROOT, folder, processes, databases: new Databases(), chains, deployment, keys, testWallet: options.stay ? users[0].account.address : "" });
  const traffic = new Traffic(chains, deployment, users);
  const [api] = await Promise.all([nodes.start(), traffic.prepare(options.transfers)]);

  note.say(`sending ${options.transfers / 2} transfers from alpha to beta, and as many back`);
  const step = killHalfWay({ options, processes, note });
  await Promise.all([
    traffic.run(options.transfers / 2),
    follow({ chains, bridge: deployment.bridge, transfers: options.transfers, sent: () => traffic.sent, note, step }).then(() => traffic.stopWaiting()),
  ]);

  const evidence = await readEvidence(chains, deployment);
  const verdict = audit(evidence);
  const complete = passed(verdict, options.transfers);
  console.log(await report({ chains, deployment, evidence, complete, traffic, api, executor: keys[EXECUTOR].address }));
  for (const fault of verdict.faults) console.log(`fault: ${fault}`);
  console.log(closingLine(verdict));
  if (options.stay) await stay({ chains, deployment, folder, api, users, note });
  return complete ? 0 : 1;
}

/** Only who stays looks at the pages. */
async function buildAll(processes, { stay: pages }) {
  if (pages) await buildPages(processes, ROOT);
  await build(processes, ROOT);
}

async function startContracts({ folder, processes, keys }) {
  const chains = await startChains(processes);
  const deployment = await deploy(processes, chains, VALIDATORS.map((name) => keys[name].address), THRESHOLD, folder);
  return { chains, deployment };
}

/** One validator dies without a word once half of the transfers are executed. */
function killHalfWay({ options, processes, note }) {
  let alive = true;
  return async ({ executed }) => {
    if (!alive || executed < options.transfers / 2) return;
    alive = false;
    await processes.kill(VICTIM);
    note.say(`killed ${VICTIM}: ${VALIDATORS.length - 1} are left, and all of them must sign`);
  };
}
