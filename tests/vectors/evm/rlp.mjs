import { encodeRlp, keccak256 } from "ethers";
import { toRlp } from "viem";
import { Random, agreed } from "./random.mjs";

const random = new Random("rlp");

function item(depth) {
  if (depth === 0 || random.int(3) === 0) return random.bytes(random.int(random.pick([2, 8, 60])));
  return random.times(random.int(6), () => item(depth - 1));
}

const encoded = (value) => ({ value, encoded: agreed("rlp", encodeRlp(value), toRlp(value)) });

/** Long ones by the hash of their encoding. */
const long = (length) => {
  const value = `0x${"a5".repeat(length)}`;
  return { repeat: "0xa5", length, hash: keccak256(agreed("rlp", encodeRlp(value), toRlp(value))) };
};

export function rlp() {
  return {
    format: "RLP of value: a byte string as hex, or a list; or of one byte repeated, by the keccak-256 hash of its encoding.",
    cases: [
      ...["0x", "0x00", "0x01", "0x7f", "0x80", "0xff", "0x0400", [], [[]], [[], [[]], [[], [[]]]]].map(encoded),
      ...[54, 55, 56, 57].flatMap((n) => [encoded(random.bytes(n)), encoded(random.times(n, () => "0x01"))]),
      ...random.times(80, (i) => encoded(item(1 + (i % 4)))),
      ...[255, 256, 65535, 65536, 70000].map(long),
    ],
  };
}
