import { hashes, text } from "./eip712.mjs";
import { address, uint, word } from "./random.mjs";

const MAX_64 = (1n << 64n) - 1n;

export async function checkpoints() {
  const any = (chainId, epoch, sequence) => ({
    chainId, bridge: address(), epoch, lane: word("lane"), sequence, rollingHash: word("hash"),
  });
  const filled = (byte, number) => ({
    chainId: number, bridge: `0x${byte.repeat(20)}`, epoch: number, lane: `0x${byte.repeat(32)}`, sequence: number,
    rollingHash: `0x${byte.repeat(32)}`,
  });
  const cases = [
    any(1n, 1n, 1n), any(31338n, 1n, 128n), filled("ff", MAX_64), filled("00", 0n),
  ];
  while (cases.length < 64) {
    cases.push(any(uint(64), uint(64), uint(64)));
  }
  return {
    format: "A checkpoint on a destination (chainId and bridge are the destination's, they make the EIP-712 domain) and the three "
      + "hashes of it.",
    cases: cases.map((c) => ({ ...text(c), ...hashes(c) })),
  };
}
