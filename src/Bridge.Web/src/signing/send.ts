import type { Hex } from "viem";
import { chainNumber, type Asset } from "../api/deployment.ts";
import type { Step } from "../api/quotes.ts";
import { readFacts, type Facts } from "../chain/reads.ts";
import { switchTo } from "../wallet/networks.ts";
import { session, type Session } from "../wallet/session.ts";
import { approvalCall, sendCall } from "./calls.ts";
import { requireApproval, requireSend, type Transaction, type Typed } from "./check.ts";
import type { Order } from "./order.ts";
import { mined, NotSent, rehearse, submit } from "./submit.ts";

/**
 * Approves if that is needed, and sends. Every transaction is decoded and compared with what was typed just before the wallet sees it.
 * @param steps of a quote; without any, the transactions are made here
 * @param say is told what happens, for the person
 * @returns the sending transaction's hash
 * @throws NotSent, NotWhatWasTyped, or what the wallet throws
 */
export async function send(order: Order, asset: Asset, typed: Typed, steps: Step[], say: (what: string) => void): Promise<Hex> {
  const begun = session.value;
  if (!begun) throw new NotSent("Connect a wallet first.");
  const last = steps.at(-1);
  const sending = last ? toTransaction(last, order) : sendCall(typed);
  // Before anything is asked of the wallet: who would be misled here should not have approved anything either.
  requireSend(sending, typed);
  await switchTo(begun, order.source);
  const current = sameAccount(begun);
  const facts = () => readFacts(current.wallet.provider, current.account, order.source, order.destination, asset, order.token);
  if (typed.token && (await facts()).allowance < typed.amount) await approve(current, { ...typed, token: typed.token }, order, facts, say);

  say("Trying it out…");
  await rehearse(current, sending);
  say(`Confirm the transfer in ${current.wallet.info.name}.`);
  requireSend(sending, typed);
  return submit(sameAccount(begun), sending);
}

async function approve(current: Session, typed: Typed & Required<Pick<Typed, "token">>, order: Order, facts: () => Promise<Facts>, say: (what: string) => void): Promise<void> {
  const transaction = approvalCall(typed);
  await rehearse(current, transaction);
  say(`Let the Bridge take ${order.amount} ${order.token.symbol}: confirm it in ${current.wallet.info.name}. The transfer itself comes next.`);
  requireApproval(transaction, typed);
  const hash = await submit(current, transaction);
  say("Waiting for the approval's block…");
  await mined(current, hash);
  // The node that is asked next may be one block behind the one that answered.
  for (let tries = 0; (await facts()).allowance < typed.amount; tries++) {
    if (tries === 20) throw new NotSent("The approval is mined, but your wallet's node does not show it. Try again in a moment.");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** A quote's last step: the ones before it are approvals, which are made here. */
function toTransaction({ kind, chain, to, data, value }: Step, { source }: Order): Transaction {
  if (kind !== "transaction" || !to || !data || chainNumber(chain) !== source.id) throw new NotSent("The quote does not end in a transaction on this chain, so this page cannot sign it.");
  return { to, data, value: BigInt(value ?? "0") };
}

/** The wallet as it is now. What is signed was checked for one account only. */
function sameAccount(begun: Session): Session {
  const now = session.value;
  if (!now || now.account !== begun.account) throw new NotSent("The wallet changed its account meanwhile. Nothing more was sent; look at the form and try again.");
  return now;
}
