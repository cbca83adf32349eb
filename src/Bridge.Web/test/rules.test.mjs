import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { encodeErrorResult, parseAbi } from "viem";
import { close, load } from "./load.mjs";

const { requireSend, requireApproval, requireDeferral, NotWhatWasTyped } = await load("signing/check.ts");
const { approvalCall, deferralCall, sendCall } = await load("signing/calls.ts");
const { judge } = await load("signing/order.ts");
const { lockedOut } = await load("signing/order.ts");
const { outcomeOf } = await load("signing/outcome.ts");
const { readAmount, formatAmount } = await load("format/amount.ts");
const { toCsv } = await load("format/csv.ts");
const { encodeMessage } = await load("chain/message.ts");
const { explainRevert } = await load("chain/errors.ts");
const { timeline } = await load("transfer/timeline.ts");
after(close);

const account = (digit) => `0x${String(digit).repeat(40)}`;
const typed = { bridge: account(1), token: account(2), destination: 10n, assetId: 1, recipient: account(3), amount: 1000n, fee: 10n, value: 0n };

describe("what is signed is what was typed", () => {
  test("a send of what was typed passes, in any case of its addresses", () => {
    requireSend(sendCall(typed), typed);
    requireSend({ ...sendCall(typed), to: typed.bridge.toUpperCase().replace("0X", "0x") }, typed);
  });

  const changes = { bridge: account(9), destination: 11n, assetId: 2, recipient: account(4), amount: 1001n, fee: 11n, value: 1n };
  for (const [part, value] of Object.entries(changes)) {
    test(`a send with another ${part} is refused`, () => assert.throws(() => requireSend(sendCall({ ...typed, [part]: value }), typed), NotWhatWasTyped));
  }

  const approvals = { token: account(9), bridge: account(4), amount: 2n ** 256n - 1n };
  for (const [part, value] of Object.entries(approvals)) {
    test(`an approval with another ${part} is refused`, () => assert.throws(() => requireApproval(approvalCall({ ...typed, [part]: value }), typed), NotWhatWasTyped));
  }

  test("an approval in the place of a send, an unknown call and cut bytes are refused", () => {
    const good = sendCall(typed);
    for (const data of [approvalCall(typed).data, "0xdeadbeef", "0x", good.data.slice(0, -2)]) {
      assert.throws(() => requireSend({ ...good, data }, typed), NotWhatWasTyped, data);
    }
  });

  test("bytes behind the call that nobody can read are refused", () => {
    const good = sendCall(typed);
    assert.throws(() => requireSend({ ...good, data: `${good.data}00` }, typed), NotWhatWasTyped);
  });

  test("an approval that pays coins along is refused", () => assert.throws(() => requireApproval({ ...approvalCall(typed), value: 1n }, typed), NotWhatWasTyped));

  const waiting = { bridge: account(1), lane: `0x${"a".repeat(64)}`, sequence: 7n, message: "0x01" };
  for (const [part, value] of Object.entries({ bridge: account(9), lane: `0x${"b".repeat(64)}`, sequence: 8n, message: "0x02" })) {
    test(`a retry with another ${part} is refused`, () => assert.throws(() => requireDeferral(deferralCall("retry", { ...waiting, [part]: value }), "retry", waiting), NotWhatWasTyped));
  }
  test("a refund in the place of a retry is refused", () => assert.throws(() => requireDeferral(deferralCall("refund", waiting), "retry", waiting), NotWhatWasTyped));
});

test("Abuse_32 what is right for another chain's contract, or for another lane, is refused", () => {
  const other = { ...typed, bridge: account(7), destination: 11n };
  requireSend(sendCall(other), other);
  for (const wrong of [other, { ...typed, bridge: other.bridge }, { ...typed, destination: other.destination }]) {
    assert.throws(() => requireSend(sendCall(wrong), typed), NotWhatWasTyped);
    if (wrong.bridge !== typed.bridge) assert.throws(() => requireApproval(approvalCall(wrong), typed), NotWhatWasTyped);
  }
});

describe("calls that were sent together", () => {
  const receipt = (status) => ({ transactionHash: `0x${"7".repeat(64)}`, status });
  for (const [status, kind, words] of [[100, "waiting", "getting them onto the chain"], [400, "failed", "Nothing was approved and nothing was sent"], [500, "failed", "as a whole"], [600, "failed", "Only a part"], [777, "failed", "777"]]) {
    test(`with status ${status} are told in plain words`, () => {
      const outcome = outcomeOf({ status, receipts: [] });
      assert.equal(outcome.kind, kind);
      assert.ok(outcome.text.includes(words), outcome.text);
    });
  }
  test("are done when the wallet says so and the chain agrees", () => {
    assert.deepEqual(outcomeOf({ status: 200, receipts: [receipt("0x1")] }), { kind: "done", hash: receipt().transactionHash });
    assert.equal(outcomeOf({ status: 200, receipts: [receipt("0x1"), receipt("0x0")] }).kind, "failed");
    assert.equal(outcomeOf({ status: 200 }).kind, "failed");
  });
});

describe("the form", () => {
  const chain = (id, bridge) => ({ id, name: `chain ${id}`, coin: "ETH", bridge });
  const order = { source: chain("1", account(1)), destination: chain("10", account(1)), assetId: 1, token: { chain: "1", token: account(2), mode: "lock", symbol: "T", decimals: 2 }, amount: "5", recipient: account(3) };
  const facts = { balance: 10_000n, reserve: 0n, allowance: 0n, fees: { transfer: 10n, transferTo: 20n }, available: null, pausedUntil: 0n, token: account(2) };
  const judged = (part = {}, some = {}, from = account(3)) => judge({ ...order, ...part }, from, { ...facts, ...some });

  test("the fee is the least and a tenth, rounded up, and depends on who receives", () => {
    assert.equal(judged().typed.fee, 11n);
    assert.equal(judged({}, {}, account(4)).typed.fee, 22n);
    assert.equal(judged({}, { fees: { transfer: 1n, transferTo: 1n } }).typed.fee, 2n);
  });

  test("a quote's fee takes the place of the page's own", () => {
    const { typed: sent, minimumFee } = judge(order, account(3), facts, 37n);
    assert.deepEqual([sent.fee, minimumFee], [37n, 10n]);
  });

  test("nothing is to be signed while the chain is not read, and what was typed is judged all the same", () => {
    const answer = judge({ ...order, amount: "x", recipient: "0x12" }, undefined, undefined);
    assert.equal(answer.typed, undefined);
    assert.ok(answer.amountError && answer.recipientError);
  });

  for (const [why, part, some, member] of [
    ["more than there is", { amount: "100.01" }, {}, "amountError"],
    ["more than the limit lets out", { amount: "50" }, { available: 4_999n }, "amountError"],
    ["no more than the fee", { amount: "0.11" }, {}, "amountError"],
    ["nothing", { amount: "0" }, {}, "amountError"],
    ["the Bridge as recipient", { recipient: account(1) }, {}, "recipientError"],
    ["the token as recipient", { recipient: account(2) }, {}, "recipientError"],
    ["nobody as recipient", { recipient: account(0) }, {}, "recipientError"],
    ["a recipient with a typing error", { recipient: "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD".replace("5aA", "5AA") }, {}, "recipientError"],
    ["another token than the Bridge has", {}, { token: account(8) }, "obstacle"],
    ["an asset without a fee", {}, { fees: null }, "obstacle"],
    ["a pause", {}, { pausedUntil: 2_000_000_000n }, "obstacle"],
  ]) {
    test(`${why} is refused in words`, () => {
      const answer = judged(part, some);
      assert.equal(answer.typed, undefined);
      assert.ok(answer[member]?.length > 10, JSON.stringify(answer, (_, value) => (typeof value === "bigint" ? String(value) : value)));
    });
  }

  test("what neither end can ever pay is refused, and what one of them can is not", () => {
    const bucket = (capacity) => ({ deliver: { capacity } });
    const refused = (there, back) => lockedOut(80n, bucket(there), bucket(back), order) !== undefined;
    assert.deepEqual([refused("50", "50"), refused("80", "50"), refused("50", "80"), lockedOut(80n, bucket("50"), undefined, order)], [true, false, false, undefined]);
  });

  test("of the chain's own coin the amount is paid along, gas is kept back, and nothing is approved", () => {
    const native = { token: { ...order.token, mode: "native" } };
    const { typed: sent, most } = judged(native, { reserve: 1_000n });
    assert.deepEqual([sent.value, sent.token, most], [500n, undefined, 9_000n]);
  });
});

describe("amounts", () => {
  for (const [text, decimals, amount] of [["1", 6, 1_000_000n], ["0.000001", 6, 1n], [".5", 1, 5n], ["12.", 2, 1200n], ["340282366920938463463374607431768211455", 0, 2n ** 128n - 1n]]) {
    test(`"${text}" of ${decimals} decimals`, () => assert.equal(readAmount(text, decimals), amount));
  }
  for (const text of ["", ".", "-1", "1e3", "1,5", "0x10", "1.0000001", "NaN", "0", "٣", "340282366920938463463374607431768211456000000"]) {
    test(`"${text}" is refused in words`, () => assert.equal(typeof readAmount(text, 6), "string"));
  }
  test("are shown whole and grouped", () => {
    assert.equal(formatAmount(1234567890n, 6), "1,234.56789");
    assert.equal(formatAmount(10n ** 24n, 18), "1,000,000");
    assert.equal(formatAmount(5n, 0), "5");
  });
});

const transfer = (part = {}) => ({
  transferId: `0x${"1".repeat(64)}`, lane: "1-10", sequence: "1", status: "PENDING", stage: "ATTESTING", fee: { assetId: "1", amount: "10" }, nextAction: { kind: "wait" },
  source: { chain: "eip155:1", sender: account(3), amount: { assetId: "1", amount: "1234", symbol: "T", decimals: 2 }, txHash: `0x${"2".repeat(64)}`, logIndex: 0, block: "5", timestamp: "2026-01-01T00:00:00.000000Z", confirmations: "3", final: true },
  attestation: { have: 1, need: 3, validators: [] },
  destination: { chain: "eip155:10", recipient: account(3), amount: { assetId: "1", amount: "1224", symbol: "T", decimals: 2 }, final: false },
  createdAt: "2026-01-01T00:00:01.000000Z", updatedAt: "2026-01-01T00:00:02.000000Z", ...part,
});

describe("a transfer", () => {
  const states = (part) => timeline(transfer(part), []).map(({ state }) => state[0]).join("");
  for (const [name, part, expected] of [
    ["not final", { stage: "SOURCE_INCLUDED", source: { ...transfer().source, final: false } }, "dcaaa"],
    ["being signed", {}, "ddcaa"],
    ["signed", { stage: "QUORUM_REACHED" }, "dddca"],
    ["arrived", { stage: "EXECUTED" }, "ddddc"],
    ["done", { status: "DONE", stage: "COMPLETED" }, "ddddd"],
    ["refunded", { status: "REFUNDED", stage: "REFUNDED" }, "ddddd"],
    ["deferred", { status: "ACTION_REQUIRED", stage: "CLAIMABLE" }, "dddba"],
    ["delivered, and held for its size", { status: "HELD", stage: "LARGE_TRANSFER", nextAction: { kind: "wait", alternative: { kind: "refund" } } }, "dddba"],
    ["held while it is signed", { status: "HELD", stage: "CHAIN_HALTED" }, "ddbaa"],
    ["reorganised out", { status: "FAILED", stage: "SOURCE_REORGED_OUT" }, "baaaa"],
  ]) test(`${name} shows how far it came`, () => assert.equal(states(part), expected));

  test("is written as the contracts write it", () => {
    const sent = { assetId: 1, sender: account(3), recipient: account(3), amount: 1n, fee: 0n };
    assert.equal((encodeMessage(sent).length - 2) / 2, 57);
    assert.equal((encodeMessage({ ...sent, sender: account(4) }).length - 2) / 2, 77);
  });

  test("Abuse_17 in a CSV, cells keep what they are, and none is a formula or breaks its row", () => {
    const symbols = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", 'a,"b"\r\nc', "plain"];
    const source = (symbol) => ({ ...transfer().source, amount: { assetId: "1", amount: "1234", decimals: 2, symbol } });
    const rows = readCsv(toCsv(symbols.map((symbol) => transfer({ source: source(symbol) }))));
    assert.deepEqual(rows.map(({ length }) => length), Array(symbols.length + 1).fill(rows[0].length));
    const cells = rows.slice(1).map((row) => row[rows[0].indexOf("asset")]);
    assert.deepEqual(cells.map((cell) => cell.replace(/^'/, "")), symbols);
    for (const cell of rows.slice(1).flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
  });

  test("in a CSV cannot make a spreadsheet compute or break a row", () => {
    const source = { ...transfer().source, amount: { assetId: "1", amount: "1234", decimals: 2, symbol: '=HYPERLINK("x",1)' } };
    const [head, row, end] = toCsv([transfer({ source })]).split("\r\n");
    assert.ok(head.startsWith("transfer,status,"));
    assert.ok(row.includes(`"'=HYPERLINK(""x"",1)",12.34,0.1,12.24,`), row);
    assert.equal(end, "");
  });
});

test("a transfer without a call is written as the vectors say", () => {
  const { valid } = JSON.parse(readFileSync(new URL("../../../tests/vectors/message.json", import.meta.url), "utf8"));
  const plain = valid.filter(({ kind }) => kind !== "3");
  assert.ok(plain.length > 1);
  for (const { name, wire, assetId, sender, recipient, amount, fee } of plain) {
    assert.equal(encodeMessage({ assetId: Number(assetId), sender, recipient, amount: BigInt(amount), fee: BigInt(fee) }), wire, name);
  }
});

test("a revert is told in words, and what is unknown as it is", () => {
  assert.equal(explainRevert("0x3f6cc768"), "It would fail with 0x3f6cc768.");
  assert.equal(explainRevert(encodeErrorResult({ abi: parseAbi(["error RetryFailed(bytes reason)"]), args: [encodeErrorResult({ abi: parseAbi(["error Error(string)"]), args: ["not today"] })] })),
    "Its effect would fail again. The contract says: not today.");
});

/** RFC 4180, read as a spreadsheet reads it. */
function readCsv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  return rows.slice(0, -1);
}
