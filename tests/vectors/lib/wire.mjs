// Wire format, version 1 (protocol.md): big-endian, packed.
import { concat, encodeAbiParameters, keccak256, numberToHex, size, toHex } from "./viem.mjs";

export function encode(m) {
  const parts = [
    numberToHex(m.kind, { size: 1 }), numberToHex(m.assetId, { size: 4 }), m.recipient,
    numberToHex(m.amount, { size: 16 }), numberToHex(m.fee, { size: 16 }),
  ];
  if (m.kind >= 2) parts.push(m.sender);
  if (m.kind === 3) parts.push(numberToHex(m.gasLimit, { size: 4 }), numberToHex(size(m.payload), { size: 3 }), m.payload);
  return concat(parts);
}

export const LANE_TYPEHASH = keccak256(
  toHex("Lane(uint256 sourceChainId,address sourceBridge,uint256 destinationChainId,address destinationBridge)"));

export const laneId = (lane) => keccak256(encodeAbiParameters(
  [{ type: "bytes32" }, { type: "uint256" }, { type: "address" }, { type: "uint256" }, { type: "address" }],
  [LANE_TYPEHASH, lane.sourceChainId, lane.sourceBridge, lane.destinationChainId, lane.destinationBridge]));

export const fold = (hash, wire) => keccak256(concat([hash, keccak256(wire)]));
