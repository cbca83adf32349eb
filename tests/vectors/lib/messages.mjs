import { MAX_128, address, below, bytes, uint } from "./random.mjs";
import { concat, numberToHex, slice } from "./viem.mjs";
import { encode } from "./wire.mjs";

const transfer = (over = {}) => {
  const recipient = over.recipient ?? address();
  return { kind: 1, assetId: 1n, recipient, amount: 25_000_000_000_000_000_000n, fee: 3_100_000_000_000_000n, sender: recipient, ...over };
};
const transferTo = (over = {}) => transfer({ kind: 2, sender: address(), ...over });
const call = (over = {}) => transferTo({ kind: 3, gasLimit: 200_000n, payload: bytes(36), ...over });

const greatest = { assetId: 0xffffffffn, amount: MAX_128, fee: MAX_128 };
const filled = (byte) => ({ recipient: `0x${byte.repeat(20)}`, sender: `0x${byte.repeat(20)}` });

const named = (name, message) => ({ name, message });

function valid() {
  const cases = [
    named("a transfer", transfer()),
    named("a transfer whose fee is the whole amount", transfer({ amount: 5n, fee: 5n })),
    named("a transfer of the least amount without fee", transfer({ amount: 1n, fee: 0n })),
    named("a transfer of the greatest amount of the greatest asset", transfer(greatest)),
    named("a transfer of nothing, which only send refuses", transfer({ amount: 0n, fee: 0n })),
    named("a transfer to the highest address", transfer(filled("ff"))),
    named("a transfer to the zero address, which only send refuses", transfer(filled("00"))),
    named("a transfer to someone else", transferTo()),
    named("a transfer to someone else of the greatest amount", transferTo(greatest)),
    named("a call", call()),
    named("a call without payload", call({ payload: "0x", gasLimit: 0n })),
    named("a call that is a pure message", call({ amount: 7n, fee: 7n, payload: bytes(256) })),
    named("a call with the greatest gas limit and 65,536 bytes", call({ gasLimit: 0xffffffffn, payload: bytes(65_536) })),
  ];
  for (let i = 0; i < 40; i++) {
    const amount = uint(128);
    const over = { assetId: uint(32), amount, fee: below(amount + 1n) };
    const make = [transfer, transferTo, call][i % 3];
    cases.push(named(`random ${i}`, make(i % 3 === 2 ? { ...over, gasLimit: uint(32), payload: bytes(i * 7) } : over)));
  }
  return cases.map(({ name, message }) => ({ name, wire: encode(message), ...text(message) }));
}

const text = (m) => Object.fromEntries(Object.entries(m).map(([k, v]) => [k, typeof v === "bigint" || typeof v === "number" ? String(v) : v]));

function invalid() {
  const one = encode(transfer());
  const two = encode(transferTo());
  const three = encode(call());
  const lie = (wire, length) => concat([slice(wire, 0, 81), numberToHex(length, { size: 3 }), slice(wire, 84)]);
  const cases = [["nothing at all", "0x", "Empty", "NoMessages"]];
  for (const [name, wire] of [["a transfer", one], ["a transfer to someone else", two]]) {
    const length = (wire.length - 2) / 2;
    for (const cut of [1, 5, 25, 56, length - 1]) cases.push([`${name} cut to ${cut} bytes`, slice(wire, 0, cut), "Truncated", "MessageTruncated"]);
    cases.push([`${name} with a zero byte behind`, concat([wire, "0x00"]), "TrailingBytes", "UnknownKind"]);
    cases.push([`${name} with the start of another behind`, concat([wire, "0x01"]), "TrailingBytes", "MessageTruncated"]);
  }
  for (const cut of [1, 57, 80, 83, 84, 119]) cases.push([`a call cut to ${cut} bytes`, slice(three, 0, cut), "Truncated", "MessageTruncated"]);
  cases.push(["a call with a byte behind its payload", concat([three, "0x00"]), "TrailingBytes", "UnknownKind"]);
  cases.push(["a call that promises one byte more than follows", lie(three, 37), "Truncated", "MessageTruncated"]);
  cases.push(["a call that promises one byte less than follows", lie(three, 35), "TrailingBytes", "UnknownKind"]);
  cases.push(["a call that promises 16,777,215 bytes", lie(three, 0xffffff), "Truncated", "MessageTruncated"]);
  for (const kind of [0, 4, 5, 0x7f, 0x80, 0xff]) {
    cases.push([`kind ${kind}`, concat([numberToHex(kind, { size: 1 }), slice(one, 1)]), "UnknownKind", "UnknownKind"]);
  }
  for (const [name, make] of [["a transfer", transfer], ["a transfer to someone else", transferTo], ["a call", call]]) {
    cases.push([`${name} whose fee is one above its amount`, encode(make({ amount: 9n, fee: 10n })), "FeeAboveAmount", "FeeAboveAmount"]);
    cases.push([`${name} of nothing with the greatest fee`, encode(make({ amount: 0n, fee: MAX_128 })), "FeeAboveAmount", "FeeAboveAmount"]);
  }
  return cases.map(([name, wire, reason, deliver]) => ({ name, wire, reason, deliver }));
}

export const messages = () => ({
  format: "One message as wire bytes (protocol.md, wire format version 1) and its fields. Integers are decimal strings, bytes 0x hex in "
    + "lower case. sender equals recipient in kind 1, where it is not on the wire. gasLimit and payload are there in kind 3 only. "
    + "invalid: the wire is not exactly one message; reason is one of Empty, Truncated, TrailingBytes, UnknownKind, FeeAboveAmount; "
    + "deliver is the error of Bridge.deliver, which reads one message after the other.",
  valid: valid(),
  invalid: invalid(),
});
