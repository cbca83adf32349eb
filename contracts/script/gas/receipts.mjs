#!/usr/bin/env node
// Sends the real transactions to an anvil of its own and holds their receipts' gasUsed, to the unit, against
// snapshots/receipts.json; --write writes that file anew. forge's snapshots say what the EVM counted, this what a node charges.
import { readFileSync, writeFileSync } from "node:fs";
import { concat, keccak256, numberToHex, slice, toHex } from "viem";
import { withAnvil } from "./anvil.mjs";
import { CHAIN, LOCKED, MINTED, deliver, makeWorld, send } from "./world.mjs";

const snapshot = new URL("../../snapshots/receipts.json", import.meta.url);
const MINIMUM = 10n ** 15n;

let counter = 0;
/** An unremarkable amount for an account that nobody has seen before. */
function anyTransfer(assetId) {
  const random = keccak256(toHex(`transfer ${counter++}`));
  const amount = 10n ** 18n + (BigInt(random) % (500n * 10n ** 18n));
  return transfer(assetId, slice(random, 0, 20), amount, MINIMUM + amount / 1000n);
}

function transfer(assetId, recipient, amount, fee) {
  return concat([
    "0x01", numberToHex(assetId, { size: 4 }), recipient, numberToHex(amount, { size: 16 }), numberToHex(fee, { size: 16 }),
  ]);
}

async function measure(rpc) {
  const world = await makeWorld(rpc, 3);
  const user = world.chain.deployer;
  const figures = {};
  // The first of each kind makes balances and counters non-zero and is not counted.
  await send(world, LOCKED, user, 200_000n * 10n ** 18n, MINIMUM);
  await deliver(world, [anyTransfer(MINTED), anyTransfer(LOCKED)]);
  await deliver(world, [transfer(MINTED, user, 10n ** 20n, MINIMUM)]);

  figures["send, lock"] = (await send(world, LOCKED, user, 25_123_456_789_000_000_000n, 3_100_000_000_000_000n)).gas;
  figures["send, burn"] = (await send(world, MINTED, user, 25_123_456_789_000_000_000n, 3_100_000_000_000_000n)).gas;
  for (const [name, assetId] of [["deliver", MINTED], ["release", LOCKED]]) {
    for (const n of [1, 10, 100]) {
      const messages = Array.from({ length: n }, () => anyTransfer(assetId));
      figures[`${name}, ${n}, fresh`] = (await deliver(world, messages)).gas;
      const warm = await deliver(world, messages);
      figures[`${name}, ${n}, warm`] = warm.gas;
      figures[`${name}, ${n}, calldata bytes`] = warm.bytes;
    }
  }
  return figures;
}

function compare(figures, before) {
  let drift = 0;
  for (const [name, value] of Object.entries(figures)) {
    const n = Number(/, (\d+),/.exec(name)?.[1] ?? 1);
    const changed = before[name] !== value;
    if (changed) drift++;
    const each = (value / n).toFixed(0).padStart(9);
    console.log(`${name.padEnd(32)} ${String(value).padStart(9)} ${each} each${changed ? `   was ${before[name]}` : ""}`);
  }
  return drift;
}

const figures = await withAnvil(CHAIN, measure);
if (process.argv.includes("--write")) {
  writeFileSync(snapshot, `${JSON.stringify(figures, null, 2)}\n`);
  compare(figures, figures);
} else if (compare(figures, JSON.parse(readFileSync(snapshot, "utf8"))) > 0) {
  console.error("gas: receipts differ from snapshots/receipts.json; if the change is meant, node script/gas/receipts.mjs --write");
  process.exit(1);
}
