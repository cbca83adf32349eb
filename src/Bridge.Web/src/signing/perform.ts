import type { Hex } from "viem";
import type { Chain } from "../api/deployment.ts";
import { switchTo } from "../wallet/networks.ts";
import { session, type Session } from "../wallet/session.ts";
import type { Transaction } from "./check.ts";
import { mined, NotSent, rehearse, requireChain, submit } from "./submit.ts";
import { sendTogether } from "./together.ts";

/** A transaction, and what holds it against what was typed. `check` throws NotWhatWasTyped; `say` asks the person to confirm it. */
export interface Checked { transaction: Transaction; check: (transaction: Transaction) => void; say: string }

/** What must be allowed before. */
export interface Approval extends Checked {
  /** Whether the chain has it, as the wallet's node says. */
  isGiven: () => Promise<boolean>;
}

/**
 * Approves if that is needed, and acts: in one go where the wallet can, else one after the other. Every transaction is decoded and
 * compared with what was typed just before the wallet sees it.
 * @param begun the wallet as it was when the form was read
 * @returns the acting transaction's hash
 * @throws NotSent, NotWhatWasTyped, or what the wallet throws
 */
export async function perform(begun: Session, chain: Chain, approval: Approval | undefined, action: Checked, say: (what: string) => void): Promise<Hex> {
  const needed = approval ? [approval, action] : [action];
  // Before anything is asked of the wallet: who would be misled here should not have approved anything either.
  needed.forEach(({ transaction, check }) => check(transaction));
  await switchTo(begun, chain);
  await requireChain(sameWallet(begun, chain));
  if (approval && !(await approval.isGiven())) {
    const check = (asked: Transaction[]) => needed.forEach((one, i) => one.check(asked[i]!));
    const hash = await sendTogether(sameWallet(begun, chain), needed.map(({ transaction }) => transaction), check, say);
    if (hash) return hash;
    await approve(sameWallet(begun, chain), approval, say);
  }
  say("Trying it out…");
  await rehearse(sameWallet(begun, chain), action.transaction);
  say(action.say);
  action.check(action.transaction);
  return submit(sameWallet(begun, chain), action.transaction);
}

/** Approves, and waits until the chain shows it. @throws as `perform` */
export async function approve(current: Session, { transaction, check, say: ask, isGiven }: Approval, say: (what: string) => void): Promise<void> {
  await rehearse(current, transaction);
  say(ask);
  check(transaction);
  const hash = await submit(current, transaction);
  say("Waiting for the approval's block…");
  await mined(current, hash);
  // The node that is asked next may be one block behind the one that answered.
  for (let tries = 0; !(await isGiven()); tries++) {
    if (tries === 20) throw new NotSent("The approval is mined, but your wallet's node does not show it. Try again in a moment.");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The wallet as it is now. What is signed was checked for one account on one chain only. @throws NotSent */
export function sameWallet(begun: Session, chain: Chain): Session {
  const now = session.value;
  if (!now || now.account !== begun.account) throw new NotSent("The wallet changed its account meanwhile. Nothing more was sent; look at the form and try again.");
  if (now.chain !== chain.id) throw new NotSent(`The wallet left ${chain.name} meanwhile. Nothing more was sent; look at the form and try again.`);
  return now;
}
