// node --test ops/demo.d
import assert from "node:assert/strict";
import { test } from "node:test";
import { audit } from "./audit.mjs";
import { concat, getAddress, numberToHex, zeroHash } from "./viem.mjs";
import { fold, laneId } from "./wire.mjs";

const address = (n) => getAddress(numberToHex(n, { size: 20 }));
const DELIVERER = address(99);
const BRIDGE = address(7);
const FEE = 1n;

/** Three transfers of 100 to accounts 1, 2, 3, delivered by one transaction; nothing on the way back. */
function honest() {
  const there = lane("there", 1, 2, [1, 2, 3]);
  there.delivered = [{ transaction: "d1", first: 1, last: 3, rollingHash: there.sent.at(-1).rollingHash, deliverer: DELIVERER }];
  there.payouts = [...[1, 2, 3].map((n) => ({ transaction: "d1", to: address(n), amount: 99n })), { transaction: "d1", to: DELIVERER, amount: 3n * FEE }];
  there.inbound = there.outbound.rollingHash;
  return { lanes: [there, lane("back", 2, 1, [])], supply: { locked: 300n, held: 300n, wrapped: 300n } };
}

function lane(name, source, destination, recipients) {
  const id = laneId({ id: source, bridge: BRIDGE }, { id: destination, bridge: BRIDGE });
  const sent = [];
  for (const n of recipients) {
    const wire = concat(["0x01", numberToHex(1, { size: 4 }), address(n), numberToHex(100n, { size: 16 }), numberToHex(FEE, { size: 16 })]);
    sent.push({ transaction: `s${n}`, sequence: sent.length + 1, wire, rollingHash: fold(sent.at(-1)?.rollingHash ?? id, wire) });
  }
  const head = { sequence: sent.length, rollingHash: sent.at(-1)?.rollingHash ?? id };
  return { name, laneId: id, sent, delivered: [], deferred: [], retried: [], payouts: [], outbound: head, inbound: id };
}

function verdictAfter(change) {
  const evidence = honest();
  change(evidence.lanes[0], evidence);
  const { faults, ...counts } = audit(evidence);
  return { ...counts, faults: faults.length };
}

const GOOD = { sent: 3, delivered: 3, lost: 0, doubled: 0, gap: 0n, faults: 0 };

test("Three transfers delivered once are three delivered, none lost, none doubled", () => {
  assert.deepEqual(verdictAfter(() => {}), GOOD);
});

test("A message that the Bridge counts as delivered and the token never paid is lost, and its fee was not due", () => {
  assert.deepEqual(verdictAfter((there) => there.payouts.splice(1, 1)), { ...GOOD, delivered: 2, lost: 1, gap: -100n, faults: 1 });
});

test("A message that is not delivered yet is underway, not missing from the supply", () => {
  const verdict = verdictAfter((there, { supply }) => {
    there.inbound = there.laneId;
    [there.delivered, there.payouts, supply.wrapped] = [[], [], 0n];
  });
  assert.deepEqual(verdict, { ...GOOD, delivered: 0, lost: 3 });
});

test("A message paid twice in one transaction is doubled", () => {
  const verdict = verdictAfter((there, { supply }) => {
    there.payouts.push(there.payouts[0]);
    supply.wrapped += 99n;
  });
  assert.deepEqual(verdict, { ...GOOD, doubled: 1, gap: -99n });
});

test("A message delivered again by another transaction is doubled", () => {
  const verdict = verdictAfter((there) => {
    there.delivered.push({ ...there.delivered[0], transaction: "d2" });
    there.payouts.push(...there.payouts.map((payout) => ({ ...payout, transaction: "d2" })));
  });
  assert.deepEqual(verdict, { ...GOOD, doubled: 3 });
});

test("Tokens paid by a transaction that delivered nothing are doubled", () => {
  assert.equal(verdictAfter((there) => there.payouts.push({ transaction: "x", to: address(5), amount: 1n })).doubled, 1);
});

test("A deferred message is underway until a retry pays it", () => {
  const defer = (there) => {
    there.deferred = [{ transaction: "d1", sequence: 2 }];
    there.payouts = there.payouts.filter((payout) => payout.to !== address(2)).map((payout) => (payout.to === DELIVERER ? { ...payout, amount: 2n } : payout));
  };
  assert.deepEqual(verdictAfter((there, { supply }) => (defer(there), (supply.wrapped = 200n))), { ...GOOD, delivered: 2, lost: 1 });
  assert.deepEqual(verdictAfter((there) => {
    defer(there);
    there.retried = [{ transaction: "r1", sequence: 2, caller: address(50) }];
    there.payouts.push({ transaction: "r1", to: address(2), amount: 99n }, { transaction: "r1", to: address(50), amount: 1n });
  }), GOOD);
});

test("A deliverer who takes more than the fees is a fault", () => {
  assert.equal(verdictAfter((there) => (there.payouts.at(-1).amount = 4n)).faults, 1);
});

test("A rolling hash that differs in an event, in either contract or in a delivery is a fault", () => {
  assert.equal(verdictAfter((there) => (there.sent[1].rollingHash = zeroHash)).faults, 1);
  assert.equal(verdictAfter((there) => (there.outbound = { sequence: 3, rollingHash: zeroHash })).faults, 1);
  assert.equal(verdictAfter((there) => (there.inbound = zeroHash)).faults, 1);
  assert.equal(verdictAfter((there) => (there.delivered[0].rollingHash = zeroHash)).faults, 1);
});

test("A message that an endpoint hides is a fault", () => {
  assert.ok(verdictAfter((there) => there.sent.pop()).faults > 0);
  assert.ok(verdictAfter((there) => there.sent.splice(1, 1)).faults > 0);
});

test("A delivery of what was never sent is a fault", () => {
  assert.ok(verdictAfter((there) => there.delivered.push({ transaction: "d2", first: 4, last: 4, rollingHash: zeroHash, deliverer: DELIVERER })).faults > 0);
});

test("A home Bridge that has less than it says it locked is a fault", () => {
  assert.equal(verdictAfter((_, { supply }) => (supply.held = 299n)).faults, 1);
});

test("Wrapped tokens that nothing was locked for are a negative gap", () => {
  assert.equal(verdictAfter((_, { supply }) => (supply.wrapped = 305n)).gap, -5n);
});
