// How much later than it could each message was on its way: from the moment at which its block was final to that at which the transaction that
// delivers it was with the destination's node.
import { bridgeAbi, event } from "../../demo.d/abi.mjs";
import { decodeEventLog, toEventSelector, toHex } from "../../demo.d/viem.mjs";

const SENT = event(bridgeAbi, "MessageSent");
const TOPIC = toEventSelector(SENT);

/**
 * @param since the source's height above which the messages were sent
 * @returns milliseconds, one for each message of `deliveries` whose both ends were seen
 */
export async function addedLatencies({ from, to, bridge, since, deliveries, blocks, arrivals }) {
  if (deliveries.length === 0) return [];
  const heights = await heightsOf(from, bridge, since);
  const transactions = await to.batch(deliveries.map(({ transaction }) => ({ method: "eth_getTransactionByHash", params: [transaction] })));
  return deliveries.flatMap(({ first, last }, i) => {
    const arrived = arrivals.at(Number(transactions[i].nonce));
    return Array.from({ length: last - first + 1 }, (_, j) => arrived - blocks.finalAt(heights.get(first + j)));
  }).filter((milliseconds) => !Number.isNaN(milliseconds));
}

/** The heights above `since` at which messages were sent, by sequence. */
async function heightsOf(chain, bridge, since) {
  const logs = await chain.request("eth_getLogs", { address: bridge, topics: [TOPIC], fromBlock: toHex(since + 1), toBlock: "latest" });
  return new Map(logs.map((log) => [Number(decodeEventLog({ abi: [SENT], ...log }).args.sequence), Number(log.blockNumber)]));
}
