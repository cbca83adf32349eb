#!/usr/bin/env node
// Sends the real transactions to an anvil of its own and holds their receipts' gasUsed, to the unit, against
// snapshots/receipts.json; --write writes that file anew. forge's snapshots say what the EVM counted, this what a node charges.
import { readFileSync, writeFileSync } from "node:fs";
import { withAnvil } from "./anvil.mjs";
import { anyCalls, anyTransfers } from "./messages.mjs";
import { CHAIN, LOCKED, MINTED, deliver, limitSending, makeWorld, send, warmUp } from "./world.mjs";

const snapshot = new URL("../../snapshots/receipts.json", import.meta.url);

async function measure(rpc) {
  const world = await makeWorld(rpc, { members: 5, threshold: 3 });
  const figures = {};
  await warmUp(world);

  figures["send, lock"] = (await send(world, LOCKED)).gas;
  figures["send, burn"] = (await send(world, MINTED)).gas;
  for (const [name, assetId] of [["deliver", MINTED], ["release", LOCKED]]) {
    for (const n of [1, 10, 100]) {
      const messages = anyTransfers(n, assetId);
      figures[`${name}, ${n}, fresh`] = (await deliver(world, messages)).gas;
      const warm = await deliver(world, messages);
      figures[`${name}, ${n}, warm`] = warm.gas;
      figures[`${name}, ${n}, calldata bytes`] = warm.bytes;
    }
  }
  for (const n of [1, 100]) figures[`call, ${n}`] = (await deliver(world, anyCalls(n, world.receiver))).gas;
  await limitSending(world);
  figures["send, lock, outbound limit"] = (await send(world, LOCKED)).gas;
  figures["send, burn, outbound limit"] = (await send(world, MINTED)).gas;
  return figures;
}

function compare(figures, before) {
  let drift = 0;
  for (const [name, value] of Object.entries(figures)) {
    const n = Number(/, (\d+)(,|$)/.exec(name)?.[1] ?? 1);
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
