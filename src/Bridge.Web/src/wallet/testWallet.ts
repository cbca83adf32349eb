import { toHex } from "viem";
import type { Chain, Deployment } from "../api/deployment.ts";
import { addWallet } from "./discovery.ts";
import { UNKNOWN_CHAIN, type Provider } from "./provider.ts";

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

const ICON = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#c60" d="M3 0h2v3l3 5H0l3-5z"/></svg>')}`;

/** Offers a wallet whose account a local node signs for, so that a newcomer needs no extension. Nothing happens elsewhere. */
export function offerTestWallet({ testWallet, chains }: Deployment): void {
  const [first] = chains;
  // The API refuses this for other chains; the page does so once more, since it would hand out an account whose key is public.
  if (!testWallet || !first || !chains.every(({ rpc }) => rpc && LOOPBACK.test(new URL(rpc).hostname))) return;
  addWallet({
    info: { uuid: "3c0c9d2c-8a51-4f3c-9a4e-0d7a5f1c3b77", name: "Test wallet (local chains, worthless coins)", icon: ICON, rdns: "local.bridge.test-wallet" },
    provider: new LocalNodes(testWallet, chains, first),
  });
}

class LocalNodes implements Provider {
  #listeners = new Map<string, Set<(value: never) => void>>();

  constructor(private readonly account: string, private readonly chains: Chain[], private current: Chain) {}

  async request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    switch (method) {
      case "eth_requestAccounts":
        await this.#requireLocalNodes();
        return [this.account];
      case "eth_accounts": return [this.account];
      case "eth_chainId": return toHex(BigInt(this.current.id));
      case "wallet_switchEthereumChain": return this.#switch((params as [{ chainId: string }])[0].chainId);
      default: return ask(this.current, method, params);
    }
  }

  on(event: string, listener: (value: never) => void): void {
    this.#listeners.set(event, (this.#listeners.get(event) ?? new Set()).add(listener));
  }

  removeListener(event: string, listener: (value: never) => void): void {
    this.#listeners.get(event)?.delete(listener);
  }

  #switch(chainId: string): null {
    const chain = this.chains.find(({ id }) => BigInt(id) === BigInt(chainId));
    if (!chain) throw Object.assign(new Error(`The test wallet does not know chain ${BigInt(chainId)}.`), { code: UNKNOWN_CHAIN });
    this.current = chain;
    this.#listeners.get("chainChanged")?.forEach((listener) => (listener as (chain: string) => void)(chainId));
    return null;
  }

  /** A tunnel to a real network may also end on this machine. */
  async #requireLocalNodes(): Promise<void> {
    for (const chain of this.chains) {
      const version = String(await ask(chain, "web3_clientVersion", []));
      if (!/^(anvil|hardhat)/i.test(version)) throw new Error(`${chain.name} is served by ${version}. The test wallet is for local development nodes only.`);
    }
  }
}

async function ask(chain: Chain, method: string, params: unknown): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: params ?? [] });
  const response = await fetch(chain.rpc!, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { result, error } = (await response.json()) as { result?: unknown; error?: { code: number; message: string; data?: unknown } };
  if (error) throw Object.assign(new Error(error.message), { code: error.code, data: error.data });
  return result;
}
