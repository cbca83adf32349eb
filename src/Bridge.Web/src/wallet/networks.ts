import { toHex } from "viem";
import type { Chain } from "../api/deployment.ts";
import { codeOf, UNKNOWN_CHAIN } from "./provider.ts";
import { session, type Session } from "./session.ts";

/** Has the wallet use a chain, which it may have to add first; the wallet asks its owner. @throws what the wallet throws */
export async function switchTo({ wallet: { provider }, chain: before }: Session, chain: Chain): Promise<void> {
  if (before === chain.id) return;
  const chainId = toHex(BigInt(chain.id));
  try {
    await provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] });
  } catch (error) {
    if (codeOf(error) !== UNKNOWN_CHAIN || !chain.rpc) throw error;
    await provider.request({ method: "wallet_addEthereumChain", params: [description(chain, chainId)] });
    await provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] });
  }
  // Not every wallet says that it has switched.
  const now = BigInt((await provider.request({ method: "eth_chainId" })) as string).toString();
  if (session.value) session.value = { ...session.value, chain: now };
  if (now !== chain.id) throw new Error(`The wallet is on chain ${now}. Switch it to ${chain.name} and try again.`);
}

const description = (chain: Chain, chainId: string) => ({
  chainId,
  chainName: chain.name,
  rpcUrls: [chain.rpc],
  nativeCurrency: { name: chain.coin, symbol: chain.coin, decimals: 18 },
  ...(chain.explorer && { blockExplorerUrls: [chain.explorer] }),
});
