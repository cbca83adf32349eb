// Two chains, the contracts, four validators, a relayer, an executor and the API with the pages: every one a process, and all of them real.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startChains } from "../../../../ops/demo.d/chains.mjs";
import { Databases } from "../../../../ops/demo.d/databases.mjs";
import { deploy, testDollar } from "../../../../ops/demo.d/deployment.mjs";
import { createKeys } from "../../../../ops/demo.d/keys.mjs";
import { EXECUTOR, Nodes, THRESHOLD, VALIDATORS } from "../../../../ops/demo.d/nodes.mjs";
import { Processes } from "../../../../ops/demo.d/processes.mjs";
import { users } from "../../../../ops/demo.d/users.mjs";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const plenty = { capacity: String(10n ** 18n), period: 3600 };

/** HOLD waits an hour when it is more than 100; of TIGHT never more than 50 arrives at once, so that more can only go back. */
const assets = (chains) => [
  testDollar(chains),
  { id: 2, name: "Held Coin", symbol: "HOLD", decimals: 6, home: "alpha", limit: plenty, hold: { threshold: String(100n * 10n ** 6n), seconds: 3600 } },
  { id: 3, name: "Tight Coin", symbol: "TIGHT", decimals: 6, home: "alpha", limit: { capacity: String(50n * 10n ** 6n), period: 3600 } },
];

export async function startWorld() {
  const folder = mkdtempSync(join(tmpdir(), "bridge-pages."));
  const logs = join(folder, "logs");
  mkdirSync(logs);
  const processes = new Processes(logs);
  const stop = async () => {
    await processes.stopAll();
    rmSync(folder, { recursive: true });
  };
  try {
    const chains = await startChains(processes);
    const people = users();
    const keys = createKeys(folder, [...VALIDATORS, EXECUTOR]);
    const deployment = await deploy(processes, chains, VALIDATORS.map((name) => keys[name].address), THRESHOLD, folder, assets(chains));
    const nodes = new Nodes({ root: ROOT, folder, processes, databases: new Databases(), chains, deployment, keys, testWallet: people[4].account.address, broker: false });
    return { url: await nodes.start(), chains, deployment, processes, people, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
