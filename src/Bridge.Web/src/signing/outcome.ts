import type { Hex } from "viem";

/** The answer of wallet_getCallsStatus. */
export interface CallsStatus { status: number; receipts?: { transactionHash: Hex; status: Hex }[] }

export type Outcome = { kind: "waiting" | "failed"; text: string } | { kind: "done"; hash: Hex };

/** What EIP-5792's status says of an approval and a transfer that were sent together, in plain words. */
export function outcomeOf({ status, receipts = [] }: CallsStatus): Outcome {
  const hash = receipts.at(-1)?.transactionHash;
  const where = hash ? ` (transaction ${hash})` : "";
  switch (Math.floor(status / 100)) {
    case 1: return { kind: "waiting", text: "Your wallet has both and is getting them onto the chain…" };
    case 2:
      if (!hash) return failed("Your wallet says that it is done and names no transaction. Look into your wallet: the transfer is in your history as soon as its block is read.");
      return receipts.every((receipt) => BigInt(receipt.status) === 1n) ? { kind: "done", hash } : failed(`Your wallet says that it is done, and the chain that it failed${where}.`);
    case 4: return failed("Your wallet gave up before anything was on the chain. Nothing was approved and nothing was sent.");
    case 5: return failed(`It failed on the chain as a whole${where}. Nothing was approved and nothing was sent; only gas was spent.`);
    case 6: return failed(`Only a part of it took effect on the chain${where}. The approval may stand while nothing was sent: look at the transaction, then try again.`);
    default: return failed(`Your wallet answers with status ${status}, which means nothing to this page. Look into your wallet before you try again.`);
  }
}

const failed = (text: string): Outcome => ({ kind: "failed", text });
