import { useEffect, useState } from "preact/hooks";
import type { Address } from "viem";
import { askQuote, type Quote, type Route } from "../api/quotes.ts";
import type { Facts } from "../chain/reads.ts";
import { relayerFeeOf } from "../signing/gasless.ts";
import { judge, type Judged, type Order } from "../signing/order.ts";
import { useLoaded } from "../ui/hooks.ts";

const SETTLED_MILLISECONDS = 400;
const AGAIN_MILLISECONDS = 30_000;

export interface Quoted { judged: Judged; quote?: Quote; route?: Route; quoteError?: string }

/**
 * The form judged, with the fee of a quote where the API offers one, and of the contract's minimum where it does not.
 * @param gasless whether somebody else is to send it: then there is nothing to sign without a quote
 */
export function useQuoted(order: Order, account: Address | undefined, facts: Facts | undefined, gasless: boolean): Quoted {
  const plain = judge(order, account, facts);
  const wanted = plain.typed && account
    ? { source: order.source.id, destination: order.destination.id, assetId: String(order.assetId), from: account, recipient: plain.typed.recipient, amount: plain.typed.amount, gasless } : undefined;
  const key = useSettled(wanted ? JSON.stringify(Object.values(wanted).map(String)) : "");
  const { value, error } = useLoaded(key, (signal) => askQuote(wanted!, signal), AGAIN_MILLISECONDS);
  const { typed: _, ...unsigned } = plain;
  const unquoted = gasless ? unsigned : plain;
  if (!value) return { judged: unquoted, ...(error && { quoteError: error.message }) };
  // Of ways through another chain, this page can sign the first part only, and so offers none.
  const route = value.routes.find(({ legs }) => legs.length === 1);
  if (!route) return { judged: unquoted, quoteError: value.rejected[0]?.message ?? "The API knows no direct way." };
  const judged = judge(order, account, facts, BigInt(route.legs[0]!.fee));
  return { judged: gasless ? lessRelayerFee(judged, relayerFeeOf(route)) : judged, quote: value, route };
}

/** What was typed is all that leaves; what whoever submits gets is a part of it. */
function lessRelayerFee(judged: Judged, relayerFee: bigint): Judged {
  const { typed, ...rest } = judged;
  if (!typed) return judged;
  return typed.amount - relayerFee > typed.fee && relayerFee >= 0n ? { ...rest, typed: { ...typed, amount: typed.amount - relayerFee }, relayerFee } : { ...rest, amountError: "The fees would take it all. Send more, or pay the gas yourself." };
}

/** A value once it has stayed the same for a moment. */
function useSettled(value: string): string {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), SETTLED_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled === value ? settled : "";
}
