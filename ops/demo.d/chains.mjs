// Local chains with a block every second, of which all but the newest two are final.
import { createPublicClient, http } from "./viem.mjs";

const NAMES = { alpha: 918001, beta: 918002 };

/** @returns the chains by name: alpha, the asset's home, and those where it is minted */
export async function startChains(processes, names = NAMES) {
  const chains = await Promise.all(Object.entries(names).map(([name, id]) => startChain(processes, name, id)));
  return Object.fromEntries(chains.map((chain) => [chain.name, chain]));
}

async function startChain(processes, name, id) {
  const log = `chain ${name}`;
  processes.start(log, process.env.BRIDGE_ANVIL, [
    "--port", "0", "--chain-id", String(id), "--block-time", "1", "--slots-in-an-epoch", "1", "--accounts", "10", "--gas-limit", "100000000",
  ]);
  const [, address] = await processes.output(log, /Listening on (127\.0\.0\.1:\d+)/, 20);
  const url = `http://${address}`;
  const chain = { id, name, nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 }, rpcUrls: { default: { http: [url] } } };
  const client = createPublicClient({ chain, transport: http(url, { batch: true }), pollingInterval: 250, cacheTime: 0 });
  return { name, id, url, chain, client };
}

/** Gives an account 1000 ether of the chain's own coin. */
export const fund = ({ client }, account) => client.request({ method: "anvil_setBalance", params: [account, "0x3635c9adc5dea00000"] });
