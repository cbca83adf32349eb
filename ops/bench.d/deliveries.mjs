// What a destination's Bridge delivered, by its logs.
import { bridgeAbi, event } from "../demo.d/abi.mjs";
import { decodeEventLog, toEventSelector, toHex } from "../demo.d/viem.mjs";

const DELIVERED = event(bridgeAbi, "MessagesDelivered");
const TOPIC = toEventSelector(DELIVERED);

export class Deliveries {
  doubled = 0;
  #next = 0;

  /** @param count how many were delivered before, of which nothing is asked */
  constructor(chain, bridge, { count = 0, from = 0 } = {}) {
    Object.assign(this, { chain, bridge, count });
    this.#next = from;
  }

  /** @returns {Promise<{ first: number, last: number, transaction: string }[]>} what has come since the last look */
  async look() {
    const head = Number(await this.chain.request("eth_blockNumber"));
    if (head < this.#next) return [];
    const logs = await this.chain.request("eth_getLogs", { address: this.bridge, topics: [TOPIC], fromBlock: toHex(this.#next), toBlock: toHex(head) });
    this.#next = head + 1;
    return logs.map((log) => {
      const { firstSequence, lastSequence } = decodeEventLog({ abi: [DELIVERED], ...log }).args;
      if (Number(firstSequence) !== this.count + 1) this.doubled++;
      this.count = Number(lastSequence);
      return { first: Number(firstSequence), last: this.count, transaction: log.transactionHash };
    });
  }
}
