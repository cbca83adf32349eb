// What the OP Stack charges for a transaction's bytes since Fjord: a line fitted to the length that FastLZ gives them. Without any
// package, since our own deliveries are measured by it where the peers' packages are not installed.

const WINDOW = 0x1fff; // farthest a match may lie behind
const LONGEST = 262; // longest match in one instruction
const TAIL = 13; // what no match may begin in

const lengthOfLiterals = (count) => 33 * Math.floor(count / 32) + (count % 32 && (count % 32) + 1);

function lengthOfMatch(count) {
  const beyond = count - 1;
  return 3 * Math.floor(beyond / LONGEST) + (beyond % LONGEST >= 6 ? 3 : 2);
}

/** The length of the bytes compressed by FastLZ, level 1, as op-geth reckons it. */
export function flzCompressLen(bytes) {
  const seen = new Uint32Array(1 << 13);
  const limit = Math.max(0, bytes.length - TAIL);
  const word = (at) => bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
  const hash = (value) => (Math.imul(2654435769, value) >>> 19) & WINDOW;
  const remember = (at) => (seen[hash(word(at))] = at);
  const common = (earlier, at, end) => {
    let count = 0;
    while (count < end - at && bytes[earlier + count] === bytes[at + count]) count++;
    // The mismatched byte counts too: the original adds one on leaving its loop early, and the fees agree with it.
    return count < end - at ? count + 1 : count;
  };

  let length = 0;
  let anchor = 0;
  let at = 2;
  while (at < limit) {
    let earlier;
    for (; at < limit; at++) {
      const candidate = seen[hash(word(at))];
      remember(at);
      if (at - candidate <= WINDOW && word(at) === word(candidate)) {
        earlier = candidate;
        break;
      }
    }
    if (earlier === undefined) break;
    length += lengthOfLiterals(at - anchor);
    const matched = common(earlier + 3, at + 3, limit + 9);
    length += lengthOfMatch(matched);
    at += matched;
    remember(at++);
    remember(at++);
    anchor = at;
  }
  return length + lengthOfLiterals(bytes.length - anchor);
}

/** The size in bytes that Fjord charges the signed transaction for. */
export function fjordBytes(serializedTxHex) {
  return Math.max(100, -42.5856 + 0.8365 * flzCompressLen(Buffer.from(serializedTxHex.slice(2), "hex")));
}
