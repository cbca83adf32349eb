// Reads the wire format and folds lanes as protocol.md defines them, sharing no code with the contracts or the C#.
import { concat, encodeAbiParameters, getAddress, keccak256, parseAbiParameters, size, slice, toBytes } from "./viem.mjs";

const LANE_TYPEHASH = keccak256(toBytes("Lane(uint256 sourceChainId,address sourceBridge,uint256 destinationChainId,address destinationBridge)"));
const LANE = parseAbiParameters("bytes32, uint256, address, uint256, address");
const LENGTH = { 1: 57, 2: 77 };

/** hash(0) of a lane. */
export const laneId = (source, destination) =>
  keccak256(encodeAbiParameters(LANE, [LANE_TYPEHASH, BigInt(source.id), source.bridge, BigInt(destination.id), destination.bridge]));

/** The rolling hash one message further. */
export const fold = (rollingHash, wire) => keccak256(concat([rollingHash, keccak256(wire)]));

/** @returns {{ kind: number, assetId: number, recipient: string, amount: bigint, fee: bigint, sender: string }} */
export function decode(wire) {
  const kind = Number(slice(wire, 0, 1));
  if (LENGTH[kind] !== size(wire)) throw new Error(`a message of kind ${kind} has ${LENGTH[kind]} bytes, this one ${size(wire)}`);
  const recipient = getAddress(slice(wire, 5, 25));
  return {
    kind,
    assetId: Number(slice(wire, 1, 5)),
    recipient,
    amount: BigInt(slice(wire, 25, 41)),
    fee: BigInt(slice(wire, 41, 57)),
    sender: kind === 1 ? recipient : getAddress(slice(wire, 57, 77)),
  };
}
