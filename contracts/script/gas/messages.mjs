// Messages that nobody sent: what they cost on delivery is the same. MESSAGE.md has the offsets.
import { concat, keccak256, numberToHex, size, slice, toHex } from "viem";

export const MINIMUM = 10n ** 15n;
/** More than a recipient needs that does nothing. */
const GAS_LIMIT = 30_000;

let counter = 0;
const anyBytes = (of) => keccak256(toHex(`${of} ${counter++}`));

const head = (kind, assetId, recipient, amount, fee) => concat([
  numberToHex(kind, { size: 1 }), numberToHex(assetId, { size: 4 }), recipient, numberToHex(amount, { size: 16 }), numberToHex(fee, { size: 16 }),
]);

export const transfer = (assetId, recipient, amount, fee) => head(1, assetId, recipient, amount, fee);

/** Unremarkable amounts and fees for accounts that nobody has seen before. */
export const anyTransfers = (n, assetId) => Array.from({ length: n }, () => {
  const random = anyBytes("transfer");
  const amount = 10n ** 18n + (BigInt(random) % (500n * 10n ** 18n));
  return transfer(assetId, slice(random, 0, 20), amount, MINIMUM + amount / 1000n);
});

/** Amounts of six decimals, and the least fee. */
export const plainTransfers = (n, assetId) => Array.from({ length: n }, () => {
  const random = anyBytes("plain transfer");
  const amount = 10n ** 18n + (BigInt(random) % (500n * 10n ** 6n)) * 10n ** 12n;
  return transfer(assetId, slice(random, 0, 20), amount, MINIMUM);
});

/** Calls of one recipient, each by another sender with another 32 bytes; they bring no tokens along. */
export const anyCalls = (n, recipient) => Array.from({ length: n }, () => {
  const payload = anyBytes("call");
  const sender = slice(keccak256(payload), 0, 20);
  return concat([
    head(3, 0, recipient, 0n, 0n), sender, numberToHex(GAS_LIMIT, { size: 4 }), numberToHex(size(payload), { size: 3 }), payload,
  ]);
});
