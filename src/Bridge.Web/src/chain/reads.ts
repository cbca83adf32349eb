import { decodeFunctionResult, encodeFunctionData, type Abi, type Address, type Hex } from "viem";
import type { Asset, Chain, Token } from "../api/deployment.ts";
import type { Provider } from "../wallet/provider.ts";
import { bridgeAbi, tokenAbi } from "./abi.ts";

/** Reads a contract through the wallet, which must be on the contract's chain. @throws what the wallet throws */
export async function read<T>(provider: Provider, to: Address, abi: Abi, functionName: string, args: readonly unknown[]): Promise<T> {
  const data = (await provider.request({ method: "eth_call", params: [{ to, data: encodeFunctionData({ abi, functionName, args }) }, "latest"] })) as Hex;
  return decodeFunctionResult({ abi, functionName, data }) as T;
}

/** What the form must know before it lets somebody send. All in base units. */
export interface Facts {
  /** Of the token; of the chain's coin where the asset is that. */
  balance: bigint;
  allowance: bigint;
  /** Least fee to oneself and to somebody else; null where the asset cannot be sent there. */
  fees: { transfer: bigint; transferTo: bigint } | null;
  /** What the asset's limit lets out now; null without a limit. */
  available: bigint | null;
  /** Until when sending is paused, in seconds since 1970; 0 where it is not. */
  pausedUntil: bigint;
  /** Coins to keep back for gas, where the asset is the coin itself. */
  reserve: bigint;
  /** What the Bridge itself says the asset's token is. */
  token: Address;
}

/** @throws what the wallet throws */
export async function readFacts(provider: Provider, account: Address, source: Chain, destination: Chain, asset: Asset, token: Token): Promise<Facts> {
  const bridge = <T>(name: string, args: unknown[]) => read<T>(provider, source.bridge, bridgeAbi, name, args);
  const [id, to] = [Number(asset.id), BigInt(destination.id)];
  const [balance, reserve, allowance, registered, [fees, set], [limit, available], pauses] = await Promise.all([
    token.mode === "native" ? coins(provider, account) : read<bigint>(provider, token.token, tokenAbi, "balanceOf", [account]),
    token.mode === "native" ? gasFor(provider) : 0n,
    token.mode === "lock" ? read<bigint>(provider, token.token, tokenAbi, "allowance", [account, source.bridge]) : 2n ** 256n - 1n,
    bridge<{ token: Address }>("asset", [id]),
    bridge<[{ transfer: bigint; transferTo: bigint }, boolean]>("minimumFees", [id, to]),
    bridge<[{ capacity: bigint }, bigint]>("outboundLimit", [id]),
    bridge<bigint[]>("pausedUntil", [to, id]),
  ]);
  const latest = pauses.reduce((a, b) => (a > b ? a : b));
  return {
    balance, reserve, allowance, token: registered.token,
    fees: set ? fees : null,
    available: limit.capacity > 0n ? available : null,
    pausedUntil: latest > BigInt(Math.floor(Date.now() / 1000)) ? latest : 0n,
  };
}

// Twice what a send uses, at today's price.
const GAS = 400_000n;
const gasFor = async (provider: Provider) => GAS * BigInt((await provider.request({ method: "eth_gasPrice", params: [] })) as string);

export const coins = async (provider: Provider, account: Address) =>
  BigInt((await provider.request({ method: "eth_getBalance", params: [account, "latest"] })) as string);
