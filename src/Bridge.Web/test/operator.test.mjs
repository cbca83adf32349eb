// What the operator's page makes of the API's answers.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { close, load } from "./load.mjs";

const { laneStandings, missingFrom, operatorUrl, seats, summary, wayOut } = await load("operator/standing.ts");
const { rewardsCsv, totals } = await load("operator/rewards.ts");
after(close);

const address = (digit) => `0x${digit.repeat(40)}`;
const validator = (digit, index, part = {}) => ({ validator: address(digit), index, signed: 5, missed: 1, excluded: false, ...part });
const sets = [
  { chain: "eip155:1", bridge: address("9"), epoch: "1", threshold: 2, validators: [validator("a", 0), validator("b", 1, { uptime: 0.5 })] },
  { chain: "eip155:10", bridge: address("9"), epoch: "2", threshold: 1, validators: [validator("b", 0, { excluded: true })] },
];

describe("a validator", () => {
  test("is found in each set by its address in any case", () => {
    const found = seats(sets, address("b").toUpperCase().replace("0X", "0x"));
    assert.deepEqual(found.map(({ chain, index, members, share, excluded }) => [chain, index, members, share, excluded]), [["eip155:1", 1, 2, 0.5, false], ["eip155:10", 0, 1, undefined, true]]);
  });
  test("that is in a set's place nowhere is said to be missing", () => assert.deepEqual([missingFrom(sets, address("a")), missingFrom(sets, address("b")), missingFrom(sets, address("c"))], [["eip155:10"], [], ["eip155:1", "eip155:10"]]));
  test("is named by the address bar, with an executor or without", () => assert.deepEqual([operatorUrl("0x1", "0x2"), operatorUrl("0x1", ""), operatorUrl("", "")], ["/operator?validator=0x1&executor=0x2", "/operator?validator=0x1", "/operator"]));
  test("without an address, all are shown", () => assert.equal(seats(sets).length, 3));
});

describe("a lane", () => {
  const lane = (name, state) => ({ lane: name, source: "1", destination: "10", state, assets: [] });
  test("that is open has nothing to find a way out of", () => assert.equal(wayOut(lane("1:10", "open"), undefined), undefined));
  test("has what is on its way and what halts it, and no other's", () => {
    const [first, second] = laneStandings([lane("1:10", "halted"), lane("10:1", "open")], [{ lane: "10:1", sent: "9", delivered: "2", underway: "7" }], [{ lane: "1:10", code: "FOREIGN_DELIVERY", reason: "r", since: "s" }]);
    assert.deepEqual([first.incident.code, first.stats, second.stats.underway, second.incident, second.wayOut], ["FOREIGN_DELIVERY", undefined, "7", undefined, undefined]);
    assert.ok(first.wayOut.includes("Pause every Bridge at once") && first.wayOut.includes("bridge lanes resume --lane 1:10 "), first.wayOut);
  });
  for (const code of readdirSync(new URL("../../../ops/runbook/halts/", import.meta.url)).map((name) => name.replace(".md", ""))) {
    test(`halted by ${code} has a way out of its own`, () => assert.notEqual(wayOut(lane("1:10", "halted"), { code }), wayOut(lane("1:10", "halted"), undefined)));
  }
  test("halted for a reason that is not known here has one all the same", () => assert.ok(wayOut(lane("1:10", "halted"), { code: "NEW" }).includes("bridge lanes resume")));
});

describe("the whole", () => {
  const status = (part) => ({ status: "ok", chains: [{ state: "up" }], components: [{ component: "b", state: "ok" }, { component: "a", state: "ok" }], incidents: [], ...part });
  test("is told in one sentence", () => {
    assert.equal(summary(status({})), "Everything works.");
    assert.equal(summary(status({ status: "degraded", components: [{ state: "stalled" }], incidents: [{}, {}], chains: [{ state: "halted" }] })), "1 component does not work, 2 lanes are halted, 1 chain is not well.");
    assert.equal(summary(status({ status: "degraded" })), "A lane is not open.");
  });
});

describe("rewards", () => {
  const day = (part = {}) => ({ lane: "1:10", day: "2026-01-02", account: address("e"), transactions: 1, messages: 3, fees: [{ assetId: "1", symbol: "USD", decimals: 6, amount: "1500000" }], earnedWei: "5", spentWei: "7", profitWei: "-2", unpriced: 0, ...part });
  test("are added up by the coin in which they are, and by no other", () => {
    const [ten, one] = totals([day(), day({ day: "2026-01-03", unpriced: 1 }), day({ lane: "10:1" })]);
    assert.deepEqual(ten, { chain: "10", transactions: 2, messages: 6, earned: 10n, spent: 14n, profit: -4n, unpriced: 1 });
    assert.deepEqual([one.chain, one.profit], ["1", -2n]);
  });
  test("are written as CSV, a loss as a number and a symbol as no formula", () => {
    const [head, row, bad, end] = rewardsCsv([day(), day({ fees: [{ assetId: "1", symbol: "x", decimals: 0, amount: "1" }, { assetId: "2", amount: "4" }], lane: "=1+1" })]).split("\r\n");
    assert.ok(head.startsWith("day,lane,executor,"), head);
    assert.equal(row, `2026-01-02,1:10,${address("e")},1,3,1.5 USD,0.000000000000000005,0.000000000000000007,-0.000000000000000002,0`);
    assert.ok(bad.includes(",'=1+1,") && bad.includes(",1 x; 4 of asset 2,"), bad);
    assert.equal(end, "");
  });
});

test("the filters of an export are those that the API knows", async () => {
  const { FILTERS } = await load("audit/filters.ts");
  const openapi = JSON.parse(readFileSync(new URL("../../../tests/Bridge.System.Tests/Api/openapi.json", import.meta.url), "utf8"));
  const described = openapi.paths["/v1/audit/exports"].post.description.split("Filters: ")[1].split(". Columns")[0].split("; ").map((filter) => filter.split(", "));
  assert.deepEqual(FILTERS.map(({ name }) => name).sort(), described.map(([name]) => name).sort());
  for (const [name, choices] of [["status"], ["holdReason"]].map(([name]) => [name, described.find(([known]) => known === name).slice(1).join(", ").replace("one of ", "").split(", ")])) {
    assert.deepEqual(FILTERS.find((filter) => filter.name === name).choices, choices);
  }
});
