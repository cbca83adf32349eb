import { hashes, text } from "./eip712.mjs";
import { address, uint, word } from "./random.mjs";

const MAX_64 = (1n << 64n) - 1n;

export async function checkpoints() {
  const cases = [
    { chainId: 1n, bridge: address(), epoch: 1n, lane: word("lane"), sequence: 1n, rollingHash: word("hash") },
    { chainId: 31338n, bridge: address(), epoch: 1n, lane: word("lane"), sequence: 128n, rollingHash: word("hash") },
    { chainId: MAX_64, bridge: `0x${"ff".repeat(20)}`, epoch: MAX_64, lane: `0x${"ff".repeat(32)}`, sequence: MAX_64, rollingHash: `0x${"ff".repeat(32)}` },
    { chainId: 0n, bridge: `0x${"00".repeat(20)}`, epoch: 0n, lane: `0x${"00".repeat(32)}`, sequence: 0n, rollingHash: `0x${"00".repeat(32)}` },
  ];
  while (cases.length < 64) {
    cases.push({ chainId: uint(64), bridge: address(), epoch: uint(64), lane: word("lane"), sequence: uint(64), rollingHash: word("hash") });
  }
  return {
    format: "A checkpoint on a destination (chainId and bridge are the destination's, they make the EIP-712 domain) and the three hashes of it.",
    cases: cases.map((c) => ({ ...text(c), ...hashes(c) })),
  };
}
