import { toHex, type Hex } from "viem";
import { explainRevert } from "../chain/errors.ts";
import { codeOf, REJECTED, revertData, walletMessage } from "../wallet/provider.ts";
import type { Session } from "../wallet/session.ts";
import type { Transaction } from "./check.ts";

/** Why nothing was sent, or why what was sent failed, in words for the person. */
export class NotSent extends Error {}

/** Tries a transaction without sending it. @throws NotSent with the contract's reason */
export async function rehearse(session: Session, transaction: Transaction): Promise<void> {
  try {
    await session.wallet.provider.request({ method: "eth_call", params: [parameters(session, transaction), "latest"] });
  } catch (error) {
    const data = revertData(error);
    throw new NotSent(data ? explainRevert(data) : walletMessage(error));
  }
}

/** The wallet must be on the chain for which everything was checked: the same bytes do something else on another. @throws NotSent */
export async function requireChain({ wallet: { provider, info }, chain }: Session): Promise<void> {
  const now = BigInt((await provider.request({ method: "eth_chainId" })) as string).toString();
  if (now !== chain) throw new NotSent(`${info.name} is on chain ${now} and not on ${chain}, for which this was made. Nothing was signed; switch it and try again.`);
}

/** Has the wallet sign and send. @returns the transaction's hash @throws NotSent */
export async function submit(session: Session, transaction: Transaction): Promise<Hex> {
  await requireChain(session);
  try {
    return (await session.wallet.provider.request({ method: "eth_sendTransaction", params: [parameters(session, transaction)] })) as Hex;
  } catch (error) {
    const data = codeOf(error) === REJECTED ? undefined : revertData(error);
    throw new NotSent(data ? explainRevert(data) : walletMessage(error));
  }
}

const POLL_MILLISECONDS = 1_000;
const MINED_SECONDS = 600;

/** Waits until it is mined. @throws NotSent when it failed, or took longer than ten minutes */
export async function mined(session: Session, hash: Hex): Promise<void> {
  for (const until = Date.now() + MINED_SECONDS * 1000; Date.now() < until; ) {
    const receipt = (await session.wallet.provider.request({ method: "eth_getTransactionReceipt", params: [hash] })) as { status: Hex } | null;
    if (receipt) {
      if (BigInt(receipt.status) === 1n) return;
      throw new NotSent(`Transaction ${hash} failed on the chain. Only its gas was spent.`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
  throw new NotSent(`Transaction ${hash} is not mined after ten minutes. Your wallet can speed it up or cancel it.`);
}

const parameters = (session: Session, { to, data, value }: Transaction) => ({ from: session.account, to, data, value: toHex(value) });
