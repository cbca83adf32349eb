import { decodeFunctionData, keccak256, type Hex } from "viem";
import { findChain } from "../api/deployment.ts";
import type { NextAction, Transfer } from "../api/transfers.ts";
import type { Waiting } from "../signing/check.ts";
import type { Session } from "../wallet/session.ts";
import { bridgeAbi } from "./abi.ts";
import { encodeMessage, laneId, sentBy } from "./message.ts";
import { read } from "./reads.ts";

/** What waits at the destination, as its Bridge says. Times in seconds since 1970. */
export interface Deferral {
  waiting: Waiting;
  heldUntil: bigint;
  /** From then on anybody may refund it; before, its recipient. */
  refundFrom: bigint;
  isRecipient: boolean;
  /** The chain's own clock, which decides. */
  now: bigint;
}

/**
 * Null when it waits no more.
 * @throws Error when the message that the page would present is not the one that waits, and what the wallet throws
 */
export async function readDeferral({ wallet: { provider }, account }: Session, transfer: Transfer): Promise<Deferral | null> {
  const [chain, lane] = [findChain(transfer.destination.chain), laneId(transfer)];
  if (!chain || !lane) throw new Error("One of its chains is not part of this deployment, so this page cannot act on it.");
  const sequence = BigInt(transfer.sequence);
  const [[messageHash, since, heldUntil], delay, block] = await Promise.all([
    read<[Hex, bigint, bigint]>(provider, chain.bridge, bridgeAbi, "deferral", [lane, sequence]),
    read<bigint>(provider, chain.bridge, bridgeAbi, "REFUND_DELAY", []),
    provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] }) as Promise<{ timestamp: Hex }>,
  ]);
  if (BigInt(messageHash) === 0n) return null;
  // The chain keeps the hash of the very bytes, so it alone decides which of them are right.
  const message = [encodeMessage(sentBy(transfer)), ...messagesOf(transfer.nextAction)].find((bytes) => keccak256(bytes) === messageHash);
  if (!message) throw new Error("This page does not know the bytes of this transfer: it carries a call. Retry it with the API's calldata or with the command line.");
  const isRecipient = account.toLowerCase() === transfer.destination.recipient.toLowerCase();
  return { waiting: { bridge: chain.bridge, lane, sequence, message }, heldUntil, refundFrom: since + delay, isRecipient, now: BigInt(block.timestamp) };
}

/** The messages in the calls that the API suggests. */
function messagesOf(action: NextAction | undefined): Hex[] {
  if (!action) return [];
  const rest = messagesOf(action.alternative);
  if (!action.call) return rest;
  const { args } = decodeFunctionData({ abi: bridgeAbi, data: action.call.data });
  return typeof args?.[2] === "string" ? [args[2] as Hex, ...rest] : rest;
}
