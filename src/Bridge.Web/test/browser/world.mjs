// Two chains, the contracts, four validators, a relayer with an executor, an auditor and an audit log, and the API with the pages: every one a process, and all of them real.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startChains } from "../../../../ops/demo.d/chains.mjs";
import { Databases } from "../../../../ops/demo.d/databases.mjs";
import { deploy, testDollar } from "../../../../ops/demo.d/deployment.mjs";
import { createKeys } from "../../../../ops/demo.d/keys.mjs";
import { EXECUTOR, LOG, Nodes, SUBMITTER, THRESHOLD, VALIDATORS } from "../../../../ops/demo.d/nodes.mjs";
import { Processes } from "../../../../ops/demo.d/processes.mjs";
import { users } from "../../../../ops/demo.d/users.mjs";
import { deployAuthorizationToken, deployCats, raiseHomeLimit } from "./contracts.mjs";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const tight = { capacity: String(50n * 10n ** 6n), period: 3600 };
const plenty = { capacity: String(10n ** 24n), period: 3600 };

/** What 10^18 wei are worth in base units: little, so that gas does not show in the amounts. */
const PRICES = { 1: { alpha: "1000000" }, 4: { alpha: "1000000000000000000" } };

/** HOLD waits an hour when it is more than 100; of TIGHT and STUCK never more than 50 arrive at once; AUT takes signatures in the place of an approval. */
const assets = (chains, authorized) => [
  testDollar(chains),
  { id: 2, name: "Held Coin", symbol: "HOLD", decimals: 6, home: "alpha", limit: plenty, hold: { threshold: String(100n * 10n ** 6n), seconds: 3600 } },
  { id: 3, name: "Tight Coin", symbol: "TIGHT", decimals: 6, home: "alpha", limit: tight },
  { id: 4, name: "Authorized", symbol: "AUT", decimals: 18, home: "alpha", token: authorized, limit: plenty },
  { id: 5, name: "Stuck Coin", symbol: "STUCK", decimals: 6, home: "alpha", limit: tight },
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
    const people = users(9);
    const keys = createKeys(folder, [...VALIDATORS, EXECUTOR, SUBMITTER, LOG]);
    const authorized = await deployAuthorizationToken(chains.alpha);
    const deployment = await deploy(processes, chains, VALIDATORS.map((name) => keys[name].address), THRESHOLD, folder, assets(chains, authorized));
    // What of TIGHT cannot be paid on beta can come back to alpha; of STUCK it could not.
    await raiseHomeLimit(chains.alpha, deployment.bridge, 3, { capacity: 10n ** 18n, period: 3600 });
    const cats = await deployCats(chains, deployment.bridge);
    const nodes = new Nodes({ root: ROOT, folder, processes, databases: new Databases(), chains, deployment, keys, testWallet: people[4].account.address, broker: false, prices: PRICES, nfts: cats.nfts, log: "pages.example/log" });
    const url = await nodes.start();
    const account = (name) => keys[name].address;
    const auditorKey = (await nodes.verb("api-keys", "create", "--name", "auditor", "--scopes", "auditor")).trim();
    return { url, auditorKey, validators: VALIDATORS.map(account), executor: account(EXECUTOR), logOperator: account(LOG), verb: (...args) => nodes.verb(...args), chains, deployment, cats, processes, people, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
