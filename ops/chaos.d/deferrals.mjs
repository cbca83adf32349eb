// Who brings back what was deferred: a call that its recipient can never take is sent back by that recipient, all else is tried again.
import { event } from "../demo.d/abi.mjs";
import { bridgeAbi } from "./traffic.mjs";
import { GREEDY } from "./recipients.mjs";

const CALL = 3;
const RETRY_GAS = 700_000n;
/** Rounds between two tries. */
const PAUSE = 3;

export class Deferrals {
  #known = new Map(); // "lane sequence" -> { message, rounds, settled }

  constructor(lanes, traffic, users) {
    Object.assign(this, { lanes, traffic, users });
  }

  /** One round. @returns how many wait that somebody can still settle */
  async settle() {
    let open = 0;
    for (const lane of this.lanes) {
      for (const found of await this.#deferred(lane)) open += (await this.#advance(lane, found)) ? 0 : 1;
    }
    return open;
  }

  async #deferred({ source, destination, id }) {
    const address = this.traffic.deployment.bridge;
    const logs = await destination.client.getLogs({ address, event: event(bridgeAbi, "MessageDeferred"), args: { lane: id }, fromBlock: 0n, toBlock: "finalized", strict: true });
    const found = [];
    for (const { args: { sequence } } of logs) {
      const key = `${id} ${sequence}`;
      if (!this.#known.has(key)) {
        const [sent] = await source.client.getLogs({ address, event: event(bridgeAbi, "MessageSent"), args: { destinationChainId: BigInt(destination.id), sequence }, fromBlock: 0n, strict: true });
        if (!sent) continue;
        this.#known.set(key, { sequence, message: sent.args.message, rounds: 0, settled: false });
      }
      if (!this.#known.get(key).settled) found.push(this.#known.get(key));
    }
    return found;
  }

  /** @returns whether there is nothing left to do */
  async #advance({ destination, id }, found) {
    const [kind, recipient] = [Number(found.message.slice(2, 4)), `0x${found.message.slice(12, 52)}`];
    if (recipient === GREEDY) return true; // It stays, with its reason: everybody can see it, and its sender chose it.
    const [address, abi, args] = [this.traffic.deployment.bridge, bridgeAbi, [id, found.sequence]];
    const waits = await destination.client.readContract({ address, abi, functionName: "deferred", args, blockTag: "finalized" });
    if (BigInt(waits) === 0n) return (found.settled = true);
    if (found.rounds++ % PAUSE > 0) return false;
    const owner = this.users.find((user) => user.address.toLowerCase() === recipient);
    const functionName = kind === CALL && owner ? "refund" : "retry";
    await this.traffic.accounts.transact(destination, owner ?? this.users[0], { address, abi, functionName, args: [...args, found.message] }, RETRY_GAS);
    return false;
  }
}
