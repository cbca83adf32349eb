import { hashes, text } from "./eip712.mjs";
import { address, uint, word } from "./random.mjs";
import { leastThreshold, validator, validators } from "./validators.mjs";
import {
  concat, hexToBigInt, keccak256, numberToHex, privateKeyToAccount, serializeCompactSignature, sign, signatureToCompactSignature, slice,
  toHex,
} from "./viem.mjs";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const ZERO = `0x${"00".repeat(32)}`;
const bitmap = (positions) => positions.reduce((bits, p) => bits | (1n << BigInt(p)), 0n);

async function compact(privateKey, digest) {
  return serializeCompactSignature(signatureToCompactSignature(await sign({ hash: digest, privateKey })));
}

const checkpoint = (over = {}) => ({
  chainId: 31338n, bridge: address(), epoch: 1n, lane: word("lane"), sequence: 1n + uint(40), rollingHash: word("hash"), ...over,
});

/** A certificate by the members at `positions`; `mend` changes the list of signatures, `over` anything else. */
async function certificate(name, n, positions, expect, { mend = (s) => s, signedEpoch, ...over } = {}) {
  const set = validators(n);
  const c = checkpoint(over.checkpoint);
  const { digest } = hashes({ ...c, epoch: signedEpoch ?? c.epoch });
  const signatures = await mend(await Promise.all(positions.map((p) => compact(set[p].privateKey, digest))), { set, digest });
  return {
    name, ...text(c), members: set.map((v) => v.address), threshold: String(over.threshold ?? leastThreshold(n)),
    privateKeys: set.map((v) => v.privateKey), signers: String(over.signers ?? bitmap(positions)),
    signatures: signatures.length ? concat(signatures) : "0x", currentEpoch: "1", expect,
  };
}

const range = (n) => Array.from({ length: n }, (_, i) => i);
const rOf = (signature) => slice(signature, 0, 32);
const sOf = (signature) => slice(signature, 32);
const word32 = (value) => numberToHex(value, { size: 32 });
const swap = (list, a, b) => list.map((x, i) => (i === a ? list[b] : i === b ? list[a] : x));
const put = (list, at, value) => list.map((x, i) => (i === at ? value : x));

async function good() {
  const cases = [];
  const quorums = [
    [1, [0]], [2, [0, 1]], [3, [0, 1, 2]], [4, [0, 1, 3]], [5, [0, 1, 2, 3]], [5, [1, 2, 3, 4]],
    [19, range(13)], [19, range(19).slice(6)], [255, range(171)], [255, range(255).slice(84)],
  ];
  for (const [n, positions] of quorums) {
    cases.push(await certificate(`${positions.length} of ${n} from position ${positions[0]}`, n, positions, "ok"));
  }
  cases.push(await certificate("five of five, the threshold", 5, range(5), "ok", { threshold: 5 }));
  return cases;
}

async function bad() {
  const outsider = validators(1, 1000)[0];
  const at = [0, 1, 2, 3];
  const case5 = (name, expect, over, positions = at) => certificate(name, 5, positions, expect, over);
  return Promise.all([
    case5("an epoch that is not yet", "WrongEpoch", { checkpoint: { epoch: 2n } }),
    case5("epoch zero", "WrongEpoch", { checkpoint: { epoch: 0n } }),
    case5("signed for another epoch", "NotAMember", { signedEpoch: 2n }),
    case5("no signature", "TooFewSignatures", { mend: () => [] }),
    case5("one signature too few", "TooFewSignatures", {}, [0, 1, 2]),
    case5("one signature too many", "TooManySignatures", {}, range(5)),
    case5("a signature one byte short", "SignatureLengthWrong", { mend: (s) => put(s, 3, slice(s[3], 0, 63)) }),
    case5("a byte behind the last signature", "SignatureLengthWrong", { mend: (s) => [...s, "0x00"] }),
    case5("65-byte signatures", "SignatureLengthWrong", { mend: (s) => s.map((x) => concat([x, "0x1b"])) }),
    case5("an empty bitmap", "SignerCountWrong", { signers: 0n }),
    case5("a bitmap with one mark too few", "SignerCountWrong", { signers: 0b0111n }),
    case5("a bitmap with one mark too many", "SignerCountWrong", { signers: 0b11111n }),
    case5("a mark just behind the last member", "SignerOutsideSet", { signers: 0b100111n }),
    case5("a mark at position 255", "SignerOutsideSet", { signers: (1n << 255n) | 0b1111n }),
    case5("every bit marked", "SignerOutsideSet", { signers: (1n << 256n) - 1n }),
    case5("two signatures swapped", "SignaturesUnsorted", { mend: (s) => swap(s, 1, 2) }),
    case5("descending signatures", "SignaturesUnsorted", { mend: (s) => [...s].reverse() }),
    case5("one signature twice", "SignerRepeated", { mend: (s) => put(s, 2, s[1]) }),
    case5("the first signature everywhere", "SignerRepeated", { mend: (s) => s.map(() => s[0]) }),
    case5("a member who is not marked", "SignerNotMarked", { signers: 0b10111n }),
    case5("someone who is not a member", "NotAMember", {
      mend: async (s, { digest }) => put(s, 3, await compact(outsider.privateKey, digest)),
    }),
    case5("a signature over another checkpoint", "NotAMember", {
      mend: async (s, { set }) => put(s, 0, await compact(set[0].privateKey, `0x${"0e".repeat(32)}`)),
    }),
    case5("a signature with the wrong parity", "NotAMember", {
      mend: (s) => put(s, 2, concat([rOf(s[2]), word32(hexToBigInt(sOf(s[2])) ^ (1n << 255n))])),
    }),
    // n - s of a usual signature is above 2^255, where the 64-byte form has no room: only this sliver can be written at all.
    case5("the greatest s that 64 bytes can carry", "HighS", { mend: (s) => put(s, 1, concat([rOf(s[1]), `0x${"ff".repeat(32)}`])) }),
    case5("s one above half the order", "HighS", { mend: (s) => put(s, 0, concat([rOf(s[0]), word32((ORDER >> 1n) + 1n)])) }),
    case5("r zero, which recovers to zero", "SignatureInvalid", { mend: (s) => put(s, 0, concat([ZERO, sOf(s[0])])) }),
    case5("s zero, which recovers to zero", "SignatureInvalid", { mend: (s) => put(s, 3, concat([rOf(s[3]), ZERO])) }),
    case5("64 zero bytes", "SignatureInvalid", { mend: (s) => put(s, 2, `0x${"00".repeat(64)}`) }),
    case5("r at the order of the curve", "SignatureInvalid", { mend: (s) => put(s, 1, concat([word32(ORDER), sOf(s[1])])) }),
  ]);
}

const mod = (a) => ((a % ORDER) + ORDER) % ORDER;
const inverse = (a) => {
  let [result, base] = [1n, mod(a)];
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n, base = mod(base * base)) {
    if (exponent & 1n) result = mod(result * base);
  }
  return result;
};

/**
 * A high s that fits into 64 bytes and recovers to a member: only the rule against high s stands in its way. No usual key makes
 * one (s must lie in a sliver of 2^-127), so the key is computed from the signature: key = (s * k - digest) / r.
 */
async function highSOfAMember() {
  const c = checkpoint();
  const { digest } = hashes(c);
  const k = keccak256(toHex("the nonce of the high s"));
  const point = privateKeyToAccount(k).publicKey; // 04, x, y
  const [r, y] = [slice(point, 1, 33), slice(point, 33)];
  const s = (ORDER >> 1n) + 1n;
  const maker = validator(word32(mod((s * hexToBigInt(k) - hexToBigInt(digest)) * inverse(hexToBigInt(r)))));
  const set = [...validators(3), maker].sort((a, b) => (a.address < b.address ? -1 : 1));
  const signers = [...set.filter((v) => v !== maker).slice(0, 2), maker].sort((a, b) => (a.address < b.address ? -1 : 1));
  const high = concat([r, numberToHex(s | ((hexToBigInt(y) & 1n) << 255n), { size: 32 })]);
  const signatures = await Promise.all(signers.map((v) => (v === maker ? high : compact(v.privateKey, digest))));
  return {
    name: "a high s that recovers to a member", ...text(c), members: set.map((v) => v.address), threshold: "3",
    privateKeys: set.map((v) => v.privateKey), signers: String(bitmap(signers.map((v) => set.indexOf(v)))),
    signatures: concat(signatures), currentEpoch: "1", expect: "HighS",
  };
}

export const certificates = async () => ({
  format: "A certificate (epoch, signers, signatures) over a checkpoint, presented to a Bridge whose validator set is members and threshold "
    + "at currentEpoch. signers is the bitmap over the members in ascending order, bit i for members[i]; signatures are 64 bytes each "
    + "(EIP-2098). privateKeys are test keys, in the members' order. expect is ok or the error of Bridge.deliver, for the first thing "
    + "wrong in this order: epoch, length of signatures, number of signatures, marks outside the set, number of marks, then each signature.",
  cases: [...(await good()), ...(await bad()), await highSOfAMember()],
});
