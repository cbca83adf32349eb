import { decodeFunctionData, encodeFunctionData, type Abi, type Address, type Hex } from "viem";
import { bridgeAbi, tokenAbi } from "../chain/abi.ts";

/** A transaction as the wallet is going to be asked to sign it. */
export interface Transaction { to: Address; data: Hex; value: bigint }

/** What the person typed and saw, in their terms. */
export interface Typed {
  bridge: Address;
  /** The token that is approved; undefined where nothing is. */
  token?: Address;
  destination: bigint;
  assetId: number;
  recipient: Address;
  amount: bigint;
  /** The fee that was shown. */
  fee: bigint;
  /** Coins that are paid along. */
  value: bigint;
}

/** The page was about to have something signed that is not what the person typed. Nothing was signed. */
export class NotWhatWasTyped extends Error {
  constructor(what: string) {
    super(`This page was about to ask for a signature over ${what}, which is not what you typed. Nothing was signed. Do not go on here; tell the operator.`);
  }
}

/** Decodes a send from its bytes and holds every part against what was typed. @throws NotWhatWasTyped */
export function requireSend(transaction: Transaction, typed: Typed): void {
  const [destination, assetId, recipient, amount, fee] = decodeStrictly(transaction, bridgeAbi, "send") as [bigint, number, Address, bigint, bigint];
  requireSame("contract", transaction.to, typed.bridge);
  requireSame("destination", destination, typed.destination);
  requireSame("asset", assetId, typed.assetId);
  requireSame("recipient", recipient, typed.recipient);
  requireSame("amount", amount, typed.amount);
  requireSame("fee", fee, typed.fee);
  requireSame("coins paid along", transaction.value, typed.value);
}

/** An approval must be of the very token, to the very Bridge, and of no more than is sent. @throws NotWhatWasTyped */
export function requireApproval(transaction: Transaction, typed: Typed): void {
  const [spender, amount] = decodeStrictly(transaction, tokenAbi, "approve") as [Address, bigint];
  requireSame("token", transaction.to, typed.token);
  requireSame("spender", spender, typed.bridge);
  requireSame("approved amount", amount, typed.amount);
  requireSame("coins paid along", transaction.value, 0n);
}

export interface Waiting { bridge: Address; lane: Hex; sequence: bigint; message: Hex }

/** A retry or a refund must be of the transfer that is shown. @throws NotWhatWasTyped */
export function requireDeferral(transaction: Transaction, name: "retry" | "refund", waiting: Waiting): void {
  const [lane, sequence, message] = decodeStrictly(transaction, bridgeAbi, name) as [Hex, bigint, Hex];
  requireSame("contract", transaction.to, waiting.bridge);
  requireSame("lane", lane, waiting.lane);
  requireSame("sequence", sequence, waiting.sequence);
  requireSame("message", message, waiting.message);
  requireSame("coins paid along", transaction.value, 0n);
}

/** The arguments of the call that the bytes must be, and nothing beside them. @throws NotWhatWasTyped */
export function decodeStrictly({ data }: Transaction, abi: Abi, expected: string): readonly unknown[] {
  let decoded;
  try {
    decoded = decodeFunctionData({ abi, data });
  } catch {
    throw new NotWhatWasTyped(`an unknown call (${data.slice(0, 10)})`);
  }
  if (decoded.functionName !== expected) throw new NotWhatWasTyped(`the call "${decoded.functionName}"`);
  // Bytes behind the call, or in the unused part of a word, would be signed and never shown.
  if (encodeFunctionData({ abi, ...decoded } as never) !== data.toLowerCase()) throw new NotWhatWasTyped(`bytes that are no part of "${expected}"`);
  return (decoded.args ?? []) as readonly unknown[];
}

/** @throws NotWhatWasTyped */
export function requireSame(what: string, given: unknown, wanted: unknown): void {
  const plain = (value: unknown) => (typeof value === "string" ? value.toLowerCase() : value);
  if (plain(given) !== plain(wanted)) throw new NotWhatWasTyped(`another ${what} (${String(given)} in place of ${String(wanted)})`);
}
