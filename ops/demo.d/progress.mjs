// How far the transfers are, by the chains: one line that renews itself on a terminal, plain lines elsewhere.
import { setTimeout as delay } from "node:timers/promises";
import { bridgeAbi, event } from "./abi.mjs";
import { laneId } from "./wire.mjs";

const STALL_SECONDS = 90;
const BAR_WIDTH = 24;

/**
 * Watches until `transfers` are delivered for good, or nothing has moved for 90 s: then the count will tell what is missing.
 * @param step is called with how many transfers are sent, executed and final, each time that changed; waited for
 */
export async function follow({ chains, bridge, transfers, sent, note, step }) {
  let shown;
  for (let last = Date.now(); Date.now() - last < STALL_SECONDS * 1000; await delay(250)) {
    const now = { sent: sent(), ...(await delivered(chains, bridge)) };
    if (JSON.stringify(now) === JSON.stringify(shown)) continue;
    [shown, last] = [now, Date.now()];
    note.renew(line(now, transfers));
    await step(now);
    if (now.final >= transfers) break;
  }
  note.keep();
}

function line({ sent, executed, final }, transfers) {
  const filled = (count) => Math.round((count / transfers) * BAR_WIDTH);
  const bar = "#".repeat(filled(final)).padEnd(filled(executed), "+").padEnd(filled(sent), ".").padEnd(BAR_WIDTH);
  return `[${bar}] ${sent} sent, ${executed} executed, ${final} final, of ${transfers}`;
}

async function delivered({ alpha, beta }, bridge) {
  const inbound = async (from, at, toBlock) => {
    const lane = laneId({ id: from.id, bridge }, { id: at.id, bridge });
    const logs = await at.client.getLogs({ address: bridge, event: event(bridgeAbi, "MessagesDelivered"), args: { lane }, fromBlock: 0n, toBlock, strict: true });
    return Number(logs.at(-1)?.args.lastSequence ?? 0);
  };
  const both = async (toBlock) => (await inbound(alpha, beta, toBlock)) + (await inbound(beta, alpha, toBlock));
  return { executed: await both("latest"), final: await both("finalized") };
}
