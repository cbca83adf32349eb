// Checkpoints as EIP-712 typed data, hashed by viem.
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
};

export function hashes(c) {
  const domain = { name: "Bridge", version: "1", chainId: c.chainId, verifyingContract: c.bridge };
  const message = { epoch: c.epoch, lane: c.lane, sequence: c.sequence, rollingHash: c.rollingHash };
  return {
    domainSeparator: hashDomain({ domain, types }),
    structHash: hashStruct({ data: message, primaryType: "Checkpoint", types }),
    digest: hashTypedData({ domain, types, primaryType: "Checkpoint", message }),
  };
}

export const text = (c) => ({
  chainId: String(c.chainId), bridge: c.bridge, epoch: String(c.epoch), lane: c.lane, sequence: String(c.sequence), rollingHash: c.rollingHash,
});
