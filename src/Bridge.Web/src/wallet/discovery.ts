import { signal } from "@preact/signals";
import type { Wallet } from "./provider.ts";

/** Every wallet that announced itself, in the order in which they did (EIP-6963). */
export const wallets = signal<Wallet[]>([]);

export function addWallet(wallet: Wallet): void {
  if (!wallets.value.some(({ info }) => info.uuid === wallet.info.uuid)) wallets.value = [...wallets.value, wallet];
}

export function discoverWallets(): void {
  addEventListener("eip6963:announceProvider", (event) => {
    const { detail } = event as CustomEvent<Wallet>;
    if (detail?.info?.uuid && detail.provider) addWallet(detail);
  });
  dispatchEvent(new Event("eip6963:requestProvider"));
}
