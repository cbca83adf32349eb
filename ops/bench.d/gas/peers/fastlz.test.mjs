import assert from "node:assert/strict";
import test from "node:test";
import { fjordBytes, flzCompressLen } from "./fastlz.mjs";

const bytesToHex = (bytes) => `0x${Buffer.from(bytes).toString("hex")}`;

test("Lengths are those that op-geth's own tests expect", () => {
  assert.equal(flzCompressLen(new Uint8Array()), 0);
  assert.equal(flzCompressLen(new Uint8Array(1000)), 21);
  assert.equal(flzCompressLen(new Uint8Array(1000).fill(1)), 21);
});

test("Bytes without a repetition grow by one in thirty-two", () => {
  assert.equal(flzCompressLen(Uint8Array.from({ length: 64 }, (_, i) => i)), 66);
});

test("No transaction counts for less than a hundred bytes", () => {
  assert.equal(fjordBytes(bytesToHex(new Uint8Array(110))), 100);
});

test("The line is Fjord's", () => {
  assert.equal(Math.round(fjordBytes(bytesToHex(Uint8Array.from({ length: 224 }, (_, i) => i)))), Math.round(-42.5856 + 0.8365 * 231));
});
