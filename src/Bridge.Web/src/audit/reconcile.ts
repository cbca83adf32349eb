import type { ReconciledAsset } from "../api/audit.ts";

/** gap: computed here, in base units; positive: locked and without cause, negative: made from nothing. agrees: the API computed the same. */
export interface Judged { gap: bigint; agrees: boolean }

/** escrow - minted - on the way from home - on the way back - fees: what is left must be 0. */
export function judge({ escrow, minted, lockedNotMinted, burnedNotReleased, feesHeld, gap }: ReconciledAsset): Judged {
  const explained = [...minted.map(({ supply }) => supply), lockedNotMinted, burnedNotReleased, feesHeld].reduce((sum, part) => sum + BigInt(part), 0n);
  const left = BigInt(escrow) - explained;
  return { gap: left, agrees: left === BigInt(gap) };
}

/** Nothing is missing at home, nothing exists without cause, and what home has covers what it says it locked. */
export const addsUp = (asset: ReconciledAsset) => judge(asset).gap === 0n && judge(asset).agrees && BigInt(asset.balance) >= BigInt(asset.escrow);
