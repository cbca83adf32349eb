import { toHex, type Address } from "viem";
import type { Provider } from "./provider.ts";

/**
 * Whether the wallet takes several calls of this chain at once and wholly or not at all (EIP-5792): now, or after it has asked its owner.
 * @param chain its number as a decimal text
 */
export async function isAtomic(provider: Provider, account: Address, chain: string): Promise<boolean> {
  const chainId = toHex(BigInt(chain));
  try {
    const capabilities = (await provider.request({ method: "wallet_getCapabilities", params: [account, [chainId]] })) as Record<string, { atomic?: { status?: string } }>;
    return ["supported", "ready"].includes(capabilities[chainId]?.atomic?.status ?? "");
  } catch {
    return false; // Most wallets do not know the question. One that will not answer it is served as they are: call by call.
  }
}
