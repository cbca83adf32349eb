// Random looking values that are the same in every run: keccak of a label and a counter.
import { concat, hexToBigInt, keccak256, slice, toHex } from "./viem.mjs";

let counter = 0;
export const word = (label) => keccak256(concat([toHex(label), toHex(counter++, { size: 8 })]));
export const address = (label = "address") => slice(word(label), 12);
export const uint = (bits, label = "uint") => hexToBigInt(word(label)) >> BigInt(256 - bits);
export const below = (bound, label = "below") => hexToBigInt(word(label)) % bound;
export const bytes = (length) => {
  let out = "0x";
  while (out.length < 2 + 2 * length) out = concat([out, word("bytes")]);
  return out.slice(0, 2 + 2 * length);
};
export const MAX_128 = (1n << 128n) - 1n;
