import { encodeFunctionData, type Address, type Hex } from "viem";
import type { Chain, NftEnd } from "../api/deployment.ts";
import { interoperable, isApproved, nftAbi, nftBridgeAbi } from "../chain/nft.ts";
import { session } from "../wallet/session.ts";
import { decodeStrictly, requireSame, type Transaction } from "./check.ts";
import { perform, type Approval } from "./perform.ts";
import { NotSent } from "./submit.ts";

/** What the person typed and saw of an NFT's transfer. destination: the chain's number as a decimal text. */
export interface TypedNft { token: Address; bridge: Address; owner: Address; destination: string; recipient: Address; tokenId: bigint }

export const nftApproval = ({ token, bridge, tokenId }: TypedNft): Transaction => ({
  to: token, data: encodeFunctionData({ abi: nftAbi, functionName: "approve", args: [bridge, tokenId] }), value: 0n,
});

export const nftTransfer = ({ bridge, owner, destination, recipient, tokenId }: TypedNft): Transaction => ({
  to: bridge, data: encodeFunctionData({ abi: nftBridgeAbi, functionName: "crosschainTransferFrom", args: [owner, interoperable(destination, recipient), tokenId] }), value: 0n,
});

/** An approval must be of the very token, for the collection's own bridge: never for all of them. @throws NotWhatWasTyped */
export function requireNftApproval(transaction: Transaction, typed: TypedNft): void {
  const [spender, tokenId] = decodeStrictly(transaction, nftAbi, "approve") as [Address, bigint];
  requireSame("contract", transaction.to, typed.token);
  requireSame("spender", spender, typed.bridge);
  requireSame("token", tokenId, typed.tokenId);
  requireSame("coins paid along", transaction.value, 0n);
}

/** @throws NotWhatWasTyped */
export function requireNftTransfer(transaction: Transaction, typed: TypedNft): void {
  const [from, to, tokenId] = decodeStrictly(transaction, nftBridgeAbi, "crosschainTransferFrom") as [Address, Hex, bigint];
  requireSame("contract", transaction.to, typed.bridge);
  requireSame("owner", from, typed.owner);
  requireSame("recipient", to, interoperable(typed.destination, typed.recipient));
  requireSame("token", tokenId, typed.tokenId);
  requireSame("coins paid along", transaction.value, 0n);
}

/** @returns the sending transaction's hash @throws NotSent, NotWhatWasTyped, or what the wallet throws */
export async function sendNft(source: Chain, end: NftEnd, typed: TypedNft, name: string, say: (what: string) => void): Promise<Hex> {
  const begun = session.value;
  if (!begun || begun.account !== typed.owner) throw new NotSent("Connect the wallet that owns it.");
  const wallet = begun.wallet.info.name;
  const approval: Approval | undefined = typed.token.toLowerCase() === typed.bridge.toLowerCase() ? undefined : {
    transaction: nftApproval(typed), check: (transaction) => requireNftApproval(transaction, typed),
    say: `Let the collection's bridge take ${name}: confirm it in ${wallet}. The transfer itself comes next.`,
    isGiven: () => isApproved(begun.wallet.provider, end, typed.owner, typed.tokenId),
  };
  return perform(begun, source, approval, { transaction: nftTransfer(typed), check: (transaction) => requireNftTransfer(transaction, typed), say: `Confirm the transfer in ${wallet}.` }, say);
}
