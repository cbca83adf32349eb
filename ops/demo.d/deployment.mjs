// The contracts on both chains, put there by the script that operators use.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEPLOYER_KEY } from "./users.mjs";

export const ASSET = 1;
export const DECIMALS = 6;
export const SYMBOL = "TUSD";
/** More than 10,000 transfers move. */
const LIMIT = { capacity: String(10n ** 18n), period: 3600 };

/**
 * @param assets as the deployment's configuration wants them; one by default
 * @returns {{ bridge: string, intents: string, startBlock: Record<string, number>, token: Record<string, string>, tokens: Record<string, string[]> }}
 * all but the first by the chain's name; token is the first asset's
 */
export async function deploy(processes, chains, validators, threshold, folder, assets = [testDollar(chains)]) {
  const config = join(folder, "deploy.json");
  const out = join(folder, "deployment.json");
  writeFileSync(config, JSON.stringify({
    chains: Object.values(chains).map(({ name, url, id }) => ({ name, rpc: url, chainId: id })),
    validators,
    threshold,
    delay: 0,
    assets,
  }));
  const script = join(process.env.BRIDGE_CONTRACTS, "script", "deploy.mjs");
  await processes.run("deploy", process.execPath, [script, "--config", config, "--out", out], { env: { DEPLOYER_PRIVATE_KEY: DEPLOYER_KEY } });
  const result = JSON.parse(readFileSync(out, "utf8"));
  const byName = (pick) => Object.fromEntries(result.chains.map((chain) => [chain.name, pick(chain)]));
  return {
    bridge: result.bridge,
    intents: result.intents,
    startBlock: byName((chain) => chain.deployBlock),
    token: byName((chain) => chain.assets[0].token),
    tokens: byName((chain) => chain.assets.map(({ token }) => token)),
  };
}

export const testDollar = (chains) => ({ id: ASSET, name: "Test Dollar", symbol: SYMBOL, decimals: DECIMALS, home: chains.alpha.name, limit: LIMIT });
