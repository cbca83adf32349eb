import { toHex, type Hex } from "viem";
import { codeOf, walletMessage } from "../wallet/provider.ts";
import { isAtomic } from "../wallet/capabilities.ts";
import type { Session } from "../wallet/session.ts";
import type { Transaction } from "./check.ts";
import { outcomeOf, type CallsStatus } from "./outcome.ts";
import { NotSent, requireChain } from "./submit.ts";

/** The parameter of wallet_sendCalls. */
interface Calls { version: "2.0.0"; chainId: Hex; from: string; atomicRequired: true; calls: { to: Hex; data: Hex; value: Hex }[] }

// Of EIP-5792 and EIP-1193: the wallet cannot do it, or its owner does not want an account that can. Nothing was sent.
const NOT_TOGETHER = [4200, 5700, 5710, 5740, 5750, 5760, -32601];
const POLL_MILLISECONDS = 1_000;
const PATIENCE_SECONDS = 600;

/**
 * Has the wallet send all transactions as one, wholly or not at all.
 * @param check is given what the wallet is going to be asked, read back from it. Throws if that is not what was typed
 * @returns the hash of the transaction, or null where the wallet takes one at a time only: then nothing was sent
 * @throws NotSent, or what `check` throws
 */
export async function sendTogether(session: Session, transactions: Transaction[], check: (transactions: Transaction[]) => void, say: (what: string) => void): Promise<Hex | null> {
  const { wallet: { provider, info }, account, chain } = session;
  if (!(await isAtomic(provider, account, chain))) return null;
  const asked: Calls = {
    version: "2.0.0", chainId: toHex(BigInt(chain)), from: account, atomicRequired: true,
    calls: transactions.map(({ to, data, value }) => ({ to, data, value: toHex(value) })),
  };
  say(`Confirm the approval and the transfer in ${info.name}: both in one go, or neither.`);
  check(asked.calls.map(({ to, data, value }) => ({ to, data, value: BigInt(value) })));
  await requireChain(session);
  let id: string;
  try {
    ({ id } = (await provider.request({ method: "wallet_sendCalls", params: [asked] })) as { id: string });
  } catch (error) {
    if (NOT_TOGETHER.includes(codeOf(error) ?? 0)) return null;
    throw new NotSent(walletMessage(error));
  }
  return followCalls(session, id, say);
}

async function followCalls({ wallet: { provider } }: Session, id: string, say: (what: string) => void): Promise<Hex> {
  for (const until = Date.now() + PATIENCE_SECONDS * 1000; Date.now() < until; ) {
    const outcome = outcomeOf((await provider.request({ method: "wallet_getCallsStatus", params: [id] })) as CallsStatus);
    if (outcome.kind === "failed") throw new NotSent(outcome.text);
    if (outcome.kind === "done") return outcome.hash;
    say(outcome.text);
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
  throw new NotSent("The wallet has not got the calls onto the chain after ten minutes. Look into your wallet before you try again: they may still be mined.");
}
