import type { Hex } from "viem";
import { chainNumber, type Asset } from "../api/deployment.ts";
import type { Route } from "../api/quotes.ts";
import { readFacts } from "../chain/reads.ts";
import { session } from "../wallet/session.ts";
import { approvalCall, sendCall } from "./calls.ts";
import { NotWhatWasTyped, requireApproval, requireSend, type Transaction, type Typed } from "./check.ts";
import type { Order } from "./order.ts";
import { perform, type Approval } from "./perform.ts";
import { NotSent } from "./submit.ts";

/**
 * Sends what was typed, with an approval if one is needed.
 * @param route of a quote; without one, the transactions are made here
 * @param say is told what happens, for the person
 * @returns the sending transaction's hash
 * @throws NotSent, NotWhatWasTyped, or what the wallet throws
 */
export async function send(order: Order, asset: Asset, typed: Typed, route: Route | undefined, say: (what: string) => void): Promise<Hex> {
  const begun = session.value;
  if (!begun) throw new NotSent("Connect a wallet first.");
  const { approval, sending } = route ? proposed(route, order) : { approval: undefined, sending: sendCall(typed) };
  const { name } = begun.wallet.info;
  const { token } = typed;
  if (approval && !token) throw new NotWhatWasTyped("an approval that nothing needs");
  const allowance = async () => (await readFacts(begun.wallet.provider, begun.account, order.source, order.destination, asset, order.token)).allowance;
  const before: Approval | undefined = token && {
    transaction: approval ?? approvalCall({ ...typed, token }),
    check: (transaction) => requireApproval(transaction, typed),
    say: `Let the Bridge take ${order.amount} ${order.token.symbol}: confirm it in ${name}. The transfer itself comes next.`,
    isGiven: async () => (await allowance()) >= typed.amount,
  };
  return perform(begun, order.source, before, { transaction: sending, check: (transaction) => requireSend(transaction, typed), say: `Confirm the transfer in ${name}.` }, say);
}

/** A quote's own transactions: its calls for a wallet that takes several at once, which are the same as its steps. */
function proposed({ calls, steps }: Route, { source }: Order): { approval: Transaction | undefined; sending: Transaction } {
  const offered = calls
    ? calls.calls.map((call) => ({ chain: String(BigInt(calls.chainId)), kind: "transaction", ...call }))
    : steps;
  const transactions = offered.map(({ kind, chain, to, data, value }): Transaction => {
    if (kind !== "transaction" || !to || !data || chainNumber(chain) !== source.id) throw new NotSent("The quote is not made of transactions on this chain, so this page cannot sign it.");
    return { to, data, value: BigInt(value ?? "0") };
  });
  const sending = transactions.at(-1);
  if (!sending || transactions.length > 2) throw new NotSent("The quote is not an approval and a transfer, so this page cannot sign it.");
  return { approval: transactions.length === 2 ? transactions[0] : undefined, sending };
}
