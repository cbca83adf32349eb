// Our own rows, by the same transactions that contracts/snapshots/receipts.json holds to the unit.
import { withAnvil } from "../../../contracts/script/gas/anvil.mjs";
import { anyCalls, anyTransfers, plainTransfers } from "../../../contracts/script/gas/messages.mjs";
import { CHAIN, LOCKED, MINTED, deliver, limitSending, makeWorld, send, warmUp } from "../../../contracts/script/gas/world.mjs";
import { fjordBytes } from "./peers/fastlz.mjs";

const BATCHES = [1, 10, 100, 250];
const CALLS = [1, 100];

const bytesOf = ({ signed }, n) => Number((fjordBytes(signed) / n).toFixed(1));

const row = (system, n, { warm, fresh = null, send = null }) => ({
  system, n, warm: Math.round(warm.gas / n), fresh: fresh && Math.round(fresh.gas / n), send, transactions: 1, dataBytes: bytesOf(warm, n),
});

const sendRow = (system, sent) => ({ system, n: 1, warm: null, fresh: null, send: sent.gas, transactions: 1, dataBytes: bytesOf(sent, 1) });

/** @param sent what the same transfer's send cost on the other chain */
async function deliveryRows(world, system, assetId, sent, transfers = anyTransfers) {
  const rows = [];
  for (const n of BATCHES) {
    const messages = transfers(n, assetId);
    const fresh = await deliver(world, messages);
    const warm = await deliver(world, messages);
    rows.push(row(system, n, { fresh, warm, send: sent.gas }));
  }
  return rows;
}

async function callRows(world) {
  const rows = [];
  for (const n of CALLS) rows.push(row("ours, call", n, { warm: await deliver(world, anyCalls(n, world.receiver)) }));
  return rows;
}

async function measureThreeOfFive(rpc) {
  const world = await makeWorld(rpc, { members: 5, threshold: 3 });
  await warmUp(world);
  const [lock, burn] = [await send(world, LOCKED), await send(world, MINTED)];
  const rows = [
    ...await deliveryRows(world, "ours, mint", MINTED, lock),
    ...await deliveryRows(world, "ours, release", LOCKED, burn),
    // As the peers' rows are measured: these amounts, and least fees.
    ...await deliveryRows(world, "ours, mint, least fee", MINTED, lock, plainTransfers),
    ...await callRows(world),
    sendRow("ours, lock", lock),
    sendRow("ours, burn", burn),
  ];
  await limitSending(world);
  rows.push(sendRow("ours, lock, outbound limit", await send(world, LOCKED)));
  rows.push(sendRow("ours, burn, outbound limit", await send(world, MINTED)));
  return rows;
}

async function measureThirteenOfNineteen(rpc) {
  const world = await makeWorld(rpc, { members: 19, threshold: 13 });
  await warmUp(world);
  return deliveryRows(world, "ours 13 of 19, mint", MINTED, await send(world, LOCKED));
}

export async function measureOurs() {
  return [...await withAnvil(CHAIN, measureThreeOfFive), ...await withAnvil(CHAIN, measureThirteenOfNineteen)];
}
