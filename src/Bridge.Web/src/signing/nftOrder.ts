import type { Address } from "viem";
import type { Chain, Collection, NftEnd } from "../api/deployment.ts";
import type { NftFacts } from "../chain/nft.ts";
import type { TypedNft } from "./nft.ts";
import { recipientFault } from "./order.ts";

/** What stands in the form for NFTs. */
export interface NftOrder { collection: Collection; source: Chain; from: NftEnd; destination: Chain; to: NftEnd; tokenId: string; recipient: string }

export interface JudgedNft { typed?: TypedNft; tokenError?: string; recipientError?: string; obstacle?: string }

const MOST = 2n ** 256n;

/** A token's number as it was typed; undefined for none. */
export function readTokenId(text: string): bigint | undefined {
  const typed = text.trim();
  return /^\d{1,78}$/.test(typed) && BigInt(typed) < MOST ? BigInt(typed) : undefined;
}

/** Judges the form by what the chain says. @param facts undefined while they are not known */
export function judgeNft({ source, from, destination, to, tokenId: text, recipient }: NftOrder, account: Address | undefined, facts: NftFacts | undefined): JudgedNft {
  const judged: JudgedNft = recipientFault(recipient, [source.bridge, destination.bridge, from.token, from.bridge, to.token, to.bridge]);
  const tokenId = readTokenId(text);
  if (text.trim() !== "" && tokenId === undefined) return { ...judged, tokenError: "A token's number is made of digits only." };
  if (facts?.obstacle) return { ...judged, obstacle: facts.obstacle };
  if (!facts || !account || tokenId === undefined) return judged;
  if (!facts.owner) return { ...judged, tokenError: `There is no token ${tokenId} on ${source.name}.` };
  if (facts.owner.toLowerCase() !== account.toLowerCase()) return { ...judged, tokenError: `Token ${tokenId} is not yours: it belongs to ${facts.owner}.` };
  if (judged.recipientError) return judged;
  return { ...judged, typed: { token: from.token, bridge: from.bridge, owner: account, destination: destination.id, recipient: recipient as Address, tokenId } };
}
