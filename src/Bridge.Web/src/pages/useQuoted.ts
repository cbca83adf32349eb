import { useEffect, useState } from "preact/hooks";
import type { Address } from "viem";
import { askQuote, type Route } from "../api/quotes.ts";
import type { Facts } from "../chain/reads.ts";
import { judge, type Judged, type Order } from "../signing/order.ts";
import { useLoaded } from "../ui/hooks.ts";

const SETTLED_MILLISECONDS = 400;
const AGAIN_MILLISECONDS = 30_000;

/** The form judged, with the fee of a quote where the API offers one, and of the contract's minimum where it does not. */
export function useQuoted(order: Order, account: Address | undefined, facts: Facts | undefined): { judged: Judged; route?: Route; quoteError?: string } {
  const plain = judge(order, account, facts);
  const wanted = plain.typed && account
    ? { source: order.source.id, destination: order.destination.id, assetId: String(order.assetId), from: account, recipient: plain.typed.recipient, amount: plain.typed.amount } : undefined;
  const key = useSettled(wanted ? JSON.stringify(Object.values(wanted).map(String)) : "");
  const { value, error } = useLoaded(key, (signal) => askQuote(wanted!, signal), AGAIN_MILLISECONDS);
  if (!value) return { judged: plain, ...(error && { quoteError: error.message }) };
  // Of ways through another chain, this page can sign the first part only, and so offers none.
  const route = value.routes.find(({ legs }) => legs.length === 1);
  if (!route) return { judged: plain, quoteError: value.rejected[0]?.message ?? "The API knows no direct way." };
  return { judged: judge(order, account, facts, BigInt(route.legs[0]!.fee)), route };
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
