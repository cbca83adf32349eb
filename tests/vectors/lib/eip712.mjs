// Checkpoints and rotations as EIP-712 typed data, hashed by viem.
import { hashDomain, hashStruct, hashTypedData } from "./viem.mjs";

const types = {
  EIP712Domain: [
    { name: "name", type: "string" }, { name: "version", type: "string" },
    { name: "chainId", type: "uint256" }, { name: "verifyingContract", type: "address" },
  ],
  Checkpoint: [
    { name: "epoch", type: "uint64" }, { name: "lane", type: "bytes32" },
    { name: "sequence", type: "uint64" }, { name: "rollingHash", type: "bytes32" },
  ],
  Rotation: [{ name: "epoch", type: "uint64" }, { name: "members", type: "bytes32" }, { name: "threshold", type: "uint8" }],
};

export const hashes = (c) =>
  hash(c, "Checkpoint", { epoch: c.epoch, lane: c.lane, sequence: c.sequence, rollingHash: c.rollingHash });

export const rotationHashes = (r) =>
  hash(r, "Rotation", { epoch: r.epoch, members: r.membersHash, threshold: r.threshold });

function hash({ chainId, bridge }, primaryType, message) {
  const domain = { name: "Bridge", version: "1", chainId, verifyingContract: bridge };
  return {
    domainSeparator: hashDomain({ domain, types }),
    structHash: hashStruct({ data: message, primaryType, types }),
    digest: hashTypedData({ domain, types, primaryType, message }),
  };
}

export const text = (c) => ({
  chainId: String(c.chainId), bridge: c.bridge, epoch: String(c.epoch), lane: c.lane, sequence: String(c.sequence), rollingHash: c.rollingHash,
});
