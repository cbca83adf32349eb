import assert from "node:assert/strict";
import test from "node:test";
import { freeSince, isCalm, waitingSince } from "./holds.mjs";

const part = { victims: ["validator-1"], ended: 100 };
const fault = (victims, ended, blocks = false) => ({ victims, ended, blocks });

test("what strikes others does not hold it up", () => {
  const begun = [fault(["validator-2"], 150), fault(["alpha"], Infinity)];
  assert.equal(freeSince(begun, part, 200), 100);
  assert.equal(waitingSince(begun, part, 200), 100);
});

test("a later fault of its own holds it up, and so does one that blocks everybody", () => {
  for (const other of [fault(["validator-1", "beta"], 150), fault(["postgres"], 150, true)]) {
    assert.equal(freeSince([other], part, 200), 150);
    assert.equal(waitingSince([other], part, 200), 150);
  }
});

test("a fault that goes on makes it wait until now, and gives no recovery away", () => {
  const begun = [fault(["validator-1"], Infinity)];
  assert.equal(freeSince(begun, part, 200), 100);
  assert.equal(waitingSince(begun, part, 200), 200);
});

test("who was struck lately, or still is, is not calm, whatever others suffer", () => {
  assert.equal(isCalm([fault(["validator-2"], 150), fault(["alpha"], Infinity, true)], ["validator-1"], 100), true);
  assert.equal(isCalm([fault(["validator-1"], 100)], ["validator-1"], 100), true);
  for (const ended of [101, Infinity]) assert.equal(isCalm([fault(["validator-1"], ended)], ["validator-1"], 100), false);
});
