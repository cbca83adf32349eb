// The same numbers at every run: keccak-256 of a name and a counter.
import { keccak256, toUtf8Bytes } from "ethers";

export class Random {
  #name;
  #count = 0;

  constructor(name) {
    this.#name = name;
  }

  word() {
    return keccak256(toUtf8Bytes(`${this.#name} ${this.#count++}`));
  }

  /** 0 to below - 1. */
  int(below) {
    return Number(BigInt(this.word()) % BigInt(below));
  }

  /** An unsigned number of at most `bits` bits: short ones and the extremes are as likely as long ones. */
  uint(bits) {
    const width = this.pick([bits, bits, this.int(bits) + 1, 0, -1]);
    return width === -1 ? (1n << BigInt(bits)) - 1n : BigInt(this.word()) & ((1n << BigInt(width)) - 1n);
  }

  /** A two's complement number of `bits` bits. */
  sint(bits) {
    return BigInt.asIntN(bits, this.uint(bits));
  }

  bytes(length) {
    let hex = "";
    while (hex.length < 2 * length) hex += this.word().slice(2);
    return `0x${hex.slice(0, 2 * length)}`;
  }

  address() {
    return this.bytes(20);
  }

  text() {
    const alphabet = ["a", "Z", "0", " ", "é", "ß", "鎖", "🌉", "\n", "\"", "\\", "\u0000"];
    return Array.from({ length: this.int(this.pick([4, 40, 90])) }, () => this.pick(alphabet)).join("");
  }

  pick(list) {
    return list[this.int(list.length)];
  }

  times(count, make) {
    return Array.from({ length: count }, (_, i) => make(i));
  }
}

/** Throws unless two implementations gave the same. */
export function agreed(what, first, second) {
  if (first !== second) throw new Error(`ethers and viem differ in ${what}:\n${first}\n${second}`);
  return first;
}
