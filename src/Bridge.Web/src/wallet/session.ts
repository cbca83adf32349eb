import { effect, signal } from "@preact/signals";
import { getAddress, type Address } from "viem";
import { wallets } from "./discovery.ts";
import type { Provider, Wallet } from "./provider.ts";

/** chain is a decimal text, as everywhere here. */
export interface Session { wallet: Wallet; account: Address; chain: string }

export const session = signal<Session | null>(null);

const REMEMBERED = "bridge.wallet";

let release = () => {};

/** Asks the wallet for an account. @throws what the wallet throws */
export async function connect(wallet: Wallet): Promise<void> {
  await begin(wallet, (await wallet.provider.request({ method: "eth_requestAccounts" })) as string[]);
  localStorage.setItem(REMEMBERED, wallet.info.rdns);
}

export function disconnect(): void {
  localStorage.removeItem(REMEMBERED);
  release();
  session.value = null;
}

/** Goes on with the wallet of the last visit, if it still lets us see an account: that asks nobody anything. */
export function resumeSession(): void {
  const tried = new Set<string>();
  effect(() => {
    const wallet = wallets.value.find(({ info }) => info.rdns === localStorage.getItem(REMEMBERED) && !tried.has(info.uuid));
    if (!wallet || session.peek()) return;
    tried.add(wallet.info.uuid);
    void wallet.provider.request({ method: "eth_accounts" }).then(
      (accounts) => (session.peek() ? undefined : begin(wallet, accounts as string[])),
      (error: unknown) => console.warn("the wallet of the last visit does not answer", error),
    );
  });
}

async function begin(wallet: Wallet, accounts: string[]): Promise<void> {
  const [account] = accounts;
  if (account === undefined) return;
  const chain = decimal((await wallet.provider.request({ method: "eth_chainId" })) as string);
  release();
  session.value = { wallet, account: getAddress(account), chain };
  release = follow(wallet.provider);
}

function follow(provider: Provider): () => void {
  const listeners: Record<string, (value: never) => void> = {
    accountsChanged: (accounts: string[]) => (accounts[0] ? change({ account: getAddress(accounts[0]) }) : disconnect()),
    chainChanged: (chain: string) => change({ chain: decimal(chain) }),
    disconnect: () => disconnect(),
  };
  for (const [event, listener] of Object.entries(listeners)) provider.on?.(event, listener);
  return () => Object.entries(listeners).forEach(([event, listener]) => provider.removeListener?.(event, listener));
}

function change(part: Partial<Session>): void {
  if (session.value) session.value = { ...session.value, ...part };
}

const decimal = (chain: string) => BigInt(chain).toString();
