// A lane's messages, their rolling hash recomputed and held against both contracts and every event.
import { decode, fold } from "./wire.mjs";

/** @returns {{ messages: Map<number, object>, faults: string[] }} decoded messages by sequence */
export function readMessages(lane) {
  const messages = new Map();
  const faults = [];
  const hashes = [lane.laneId];
  for (const { sequence, rollingHash, wire } of [...lane.sent].sort((a, b) => a.sequence - b.sequence)) {
    if (sequence !== hashes.length) faults.push(`${lane.name}: sequence ${sequence} follows ${hashes.length - 1}`);
    hashes.push(fold(hashes.at(-1), wire));
    if (hashes.at(-1) !== rollingHash) faults.push(`${lane.name}: the rolling hash at ${sequence} is ${hashes.at(-1)}, its event says ${rollingHash}`);
    messages.set(sequence, decode(wire));
  }
  const deliveries = lane.delivered.map(({ last, rollingHash }) => ["MessagesDelivered", { sequence: last, rollingHash }]);
  // The destination keeps no sequence: its rolling hash must be that of the last delivery.
  const inbound = { sequence: Math.max(0, ...lane.delivered.map(({ last }) => last)), rollingHash: lane.inbound };
  for (const [who, { sequence, rollingHash }] of [["outbound", lane.outbound], ["inbound", inbound], ...deliveries]) {
    if (hashes[sequence] !== rollingHash) faults.push(`${lane.name}: ${who} says ${rollingHash} at ${sequence}, the messages say ${hashes[sequence] ?? "nothing"}`);
  }
  if (lane.outbound.sequence !== hashes.length - 1) faults.push(`${lane.name}: outbound counts ${lane.outbound.sequence}, there are ${hashes.length - 1} events`);
  return { messages, faults };
}
