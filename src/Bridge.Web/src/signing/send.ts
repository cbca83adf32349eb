import type { Hex } from "viem";
import type { Asset } from "../api/deployment.ts";
import { readFacts, type Facts } from "../chain/reads.ts";
import { switchTo } from "../wallet/networks.ts";
import { session, type Session } from "../wallet/session.ts";
import { approvalCall, sendCall } from "./calls.ts";
import { requireApproval, requireSend, type Typed } from "./check.ts";
import type { Order } from "./order.ts";
import { mined, NotSent, rehearse, submit } from "./submit.ts";

/**
 * Approves if that is needed, and sends. Every transaction is decoded and compared with what was typed just before the wallet sees it.
 * @param say is told what happens, for the person
 * @returns the sending transaction's hash
 * @throws NotSent, NotWhatWasTyped, or what the wallet throws
 */
export async function send(order: Order, asset: Asset, typed: Typed, say: (what: string) => void): Promise<Hex> {
  const begun = session.value;
  if (!begun) throw new NotSent("Connect a wallet first.");
  await switchTo(begun, order.source);
  const current = sameAccount(begun);
  const facts = () => readFacts(current.wallet.provider, current.account, order.source, order.destination, asset, order.token);
  if (typed.token && (await facts()).allowance < typed.amount) await approve(current, { ...typed, token: typed.token }, order, facts, say);

  const transaction = sendCall(typed);
  requireSend(transaction, typed);
  say("Trying it out…");
  await rehearse(current, transaction);
  say(`Confirm the transfer in ${current.wallet.info.name}.`);
  return submit(sameAccount(begun), transaction);
}

async function approve(current: Session, typed: Typed & Required<Pick<Typed, "token">>, order: Order, facts: () => Promise<Facts>, say: (what: string) => void): Promise<void> {
  const transaction = approvalCall(typed);
  requireApproval(transaction, typed);
  await rehearse(current, transaction);
  say(`Let the Bridge take ${order.amount} ${order.token.symbol}: confirm it in ${current.wallet.info.name}. The transfer itself comes next.`);
  const hash = await submit(current, transaction);
  say("Waiting for the approval's block…");
  await mined(current, hash);
  // The node that is asked next may be one block behind the one that answered.
  for (let tries = 0; (await facts()).allowance < typed.amount; tries++) {
    if (tries === 20) throw new NotSent("The approval is mined, but your wallet's node does not show it. Try again in a moment.");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The wallet as it is now. What is signed was checked for one account only. */
function sameAccount(begun: Session): Session {
  const now = session.value;
  if (!now || now.account !== begun.account) throw new NotSent("The wallet changed its account meanwhile. Nothing more was sent; look at the form and try again.");
  return now;
}
