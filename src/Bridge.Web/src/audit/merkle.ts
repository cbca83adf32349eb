import { concat, hexToBytes, stringToBytes, type Hex } from "viem";
import { sha256 } from "./digest.ts";

/** RFC 6962, section 2.1: SHA-256 of 0x00 and the entry's bytes. */
export const leafHash = (entry: string) => sha256(concat([new Uint8Array([0]), stringToBytes(entry)]));

/** SHA-256 of 0x01 and the two halves: a node is never taken for a leaf. */
export const nodeHash = (left: Hex, right: Hex) => sha256(hexToBytes(concat(["0x01", left, right])));

/**
 * The root to which a leaf leads (RFC 9162, section 2.1.3.2).
 * @param index of the leaf, from 0
 * @param size leaves of the tree
 * @param path the other halves, from the leaf upward
 * @returns undefined where a path of that length leads to no tree of that size
 */
export async function rootFrom(leaf: Hex, index: bigint, size: bigint, path: Hex[]): Promise<Hex | undefined> {
  if (index < 0n || index >= size) return undefined;
  let [at, last, hash] = [index, size - 1n, leaf];
  for (const other of path) {
    if (last === 0n) return undefined;
    if (at % 2n === 1n || at === last) {
      hash = await nodeHash(other, hash);
      // Past the levels at which a last node stands alone.
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n];
    } else {
      hash = await nodeHash(hash, other);
    }
    [at, last] = [at / 2n, last / 2n];
  }
  return last === 0n ? hash : undefined;
}
