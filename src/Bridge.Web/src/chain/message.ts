import { concat, encodeAbiParameters, keccak256, parseAbiParameters, stringToHex, toHex, type Address, type Hex } from "viem";
import { chainNumber, findChain } from "../api/deployment.ts";
import type { Transfer } from "../api/transfers.ts";

// contracts/MESSAGE.md and contracts/src/Lanes.sol define these bytes.
const LANE_TYPEHASH = keccak256(stringToHex("Lane(uint256 sourceChainId,address sourceBridge,uint256 destinationChainId,address destinationBridge)"));
const LANE = parseAbiParameters("bytes32, uint256, address, uint256, address");

/** The id of a transfer's lane; undefined while one of its chains is not part of this deployment. */
export function laneId(transfer: Transfer): Hex | undefined {
  const [source, destination] = [findChain(transfer.source.chain), findChain(transfer.destination.chain)];
  if (!source || !destination) return undefined;
  return keccak256(encodeAbiParameters(LANE, [LANE_TYPEHASH, BigInt(source.id), source.bridge, BigInt(destination.id), destination.bridge]));
}

export interface Sent { assetId: number; sender: Address; recipient: Address; amount: bigint; fee: bigint }

export const sentBy = (transfer: Transfer): Sent => ({
  assetId: Number(transfer.source.amount.assetId),
  sender: transfer.source.sender as Address,
  recipient: transfer.destination.recipient as Address,
  amount: BigInt(transfer.source.amount.amount),
  fee: BigInt(transfer.fee.amount),
});

/** The wire bytes of a transfer without a call: kind 1 from somebody to themselves, else kind 2. */
export function encodeMessage({ assetId, sender, recipient, amount, fee }: Sent): Hex {
  const same = sender.toLowerCase() === recipient.toLowerCase();
  const common = [toHex(same ? 1 : 2, { size: 1 }), toHex(assetId, { size: 4 }), recipient, toHex(amount, { size: 16 }), toHex(fee, { size: 16 })] as const;
  return concat(same ? common : [...common, sender]);
}

export const sameChain = (a: string, b: string) => chainNumber(a) === chainNumber(b);
