// TEST KEYS. Each is keccak256 of a public sentence: anyone can sign with them.
import { concat, keccak256, numberToHex, privateKeyToAccount, toHex } from "./viem.mjs";

export const validator = (privateKey) => ({ privateKey, address: privateKeyToAccount(privateKey).address.toLowerCase() });

/** n validators in ascending address order. */
export const validators = (n, from = 0) =>
  Array.from({ length: n }, (_, i) => keccak256(toHex(`test validator ${from + i}`)))
    .map(validator)
    .sort((a, b) => (a.address < b.address ? -1 : 1));

export const leastThreshold = (n) => Math.floor((2 * n) / 3) + 1;

/** The code of the contract that holds the set: STOP, threshold, members. */
export const blob = (members, threshold) => concat(["0x00", numberToHex(threshold, { size: 1 }), ...members]);
