import { rotationHashes } from "./eip712.mjs";
import { address, below, uint } from "./random.mjs";
import { leastThreshold, validators } from "./validators.mjs";
import { concat, keccak256 } from "./viem.mjs";

const MAX_64 = (1n << 64n) - 1n;

function rotation(chainId, epoch, n, threshold = leastThreshold(n)) {
  const members = validators(n).map((v) => v.address);
  return { chainId, bridge: address(), epoch, members, threshold, membersHash: keccak256(concat(members)) };
}

export function rotations() {
  const cases = [rotation(1n, 2n, 1), rotation(31338n, 2n, 5), rotation(MAX_64, MAX_64, 255), rotation(MAX_64, MAX_64, 255, 255)];
  while (cases.length < 16) {
    cases.push(rotation(uint(64), uint(64), 1 + Number(below(20n))));
  }
  return {
    format: "The rotation of a destination (chainId and bridge make the EIP-712 domain) to the set of members and threshold, which is to be "
      + "in force as epoch. membersHash is keccak256 of the members, 20 bytes each; the three hashes are the typed data's.",
    cases: cases.map((r) => ({ ...r, chainId: String(r.chainId), epoch: String(r.epoch), threshold: String(r.threshold), ...rotationHashes(r) })),
  };
}
