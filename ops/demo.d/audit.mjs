// What two chains did, judged from what was read from them alone. Pure: evidence.mjs does the reading.
import { readMessages } from "./lane.mjs";
import { settle } from "./settlement.mjs";

/**
 * @param evidence both lanes, and the asset's supply in base units: what the home Bridge says it locked (`locked`), what
 *   it has (`held`), and what exists of the wrapped token (`wrapped`)
 * @returns {{ sent: number, delivered: number, lost: number, doubled: number, gap: bigint, faults: string[] }}
 *   gap: locked - wrapped - underway in base units; positive: missing at the destination, negative: made from nothing
 */
export function audit({ lanes, supply }) {
  const judged = lanes.map(auditLane);
  const sum = (zero, pick) => judged.reduce((total, lane) => total + pick(lane), zero);
  const faults = judged.flatMap((lane) => lane.faults);
  if (supply.held < supply.locked) faults.push(`the home Bridge says it locked ${supply.locked} and has ${supply.held}`);
  const sent = sum(0, (lane) => lane.sent);
  const delivered = sum(0, (lane) => lane.delivered);
  const underway = sum(0n, (lane) => lane.underway);
  return { sent, delivered, lost: sent - delivered, doubled: sum(0, (lane) => lane.doubled), gap: supply.locked - supply.wrapped - underway, faults };
}

function auditLane(lane) {
  const { messages, faults } = readMessages(lane);
  const settled = settle(lane, messages);
  const counts = [...settled.times.values()];
  return {
    sent: messages.size,
    delivered: counts.length,
    doubled: settled.strays + counts.reduce((extra, count) => extra + count - 1, 0),
    underway: [...messages].reduce((total, [sequence, { amount }]) => (settled.times.has(sequence) ? total : total + amount), 0n),
    faults: [...faults, ...settled.faults],
  };
}
