// How far every lane is, by the chains themselves, and who brings back what was deferred.
import { event } from "../demo.d/abi.mjs";
import { laneId } from "../demo.d/wire.mjs";
import { bridgeAbi } from "./traffic.mjs";

/** Blocks that a look back covers while it runs. */
const RECENT = 200n;

export class Lanes {
  /** @type {Map<string, object>} */
  #lanes = new Map();
  #refunded = new Set();

  constructor(chains, deployment, traffic, users) {
    Object.assign(this, { deployment, traffic, users });
    for (const source of Object.values(chains))
      for (const destination of Object.values(chains))
        if (source !== destination)
          this.#lanes.set(`${source.name} to ${destination.name}`, { source, destination, id: laneId({ id: source.id, bridge: deployment.bridge }, { id: destination.id, bridge: deployment.bridge }), sent: 0, delivered: 0 });
  }

  get sent() {
    return this.#sum("sent");
  }

  get delivered() {
    return this.#sum("delivered");
  }

  get waiting() {
    return this.sent - this.delivered;
  }

  /** @param blockTag "latest" while it runs, "finalized" at the end */
  async look(blockTag = "latest") {
    const address = this.deployment.bridge;
    await Promise.all([...this.#lanes.values()].map(async (lane) => {
      const { source, destination, id } = lane;
      const head = await destination.client.getBlockNumber();
      const fromBlock = blockTag === "latest" && head > RECENT ? head - RECENT : 0n;
      const [[sent], logs] = await Promise.all([
        source.client.readContract({ address, abi: bridgeAbi, functionName: "outbound", args: [BigInt(destination.id)], blockTag }),
        destination.client.getLogs({ address, event: event(bridgeAbi, "MessagesDelivered"), args: { lane: id }, fromBlock, toBlock: blockTag, strict: true }),
      ]);
      lane.sent = Number(sent);
      if (logs.length > 0 || fromBlock === 0n) lane.delivered = Number(logs.at(-1)?.args.lastSequence ?? 0);
    })).catch(() => {}); // A chain that is away now is looked at again.
  }

  /** The recipients of what was deferred for good send it back to its sender. */
  async refund() {
    const address = this.deployment.bridge;
    for (const { source, destination, id } of this.#lanes.values()) {
      const deferred = await destination.client.getLogs({ address, event: event(bridgeAbi, "MessageDeferred"), args: { lane: id }, fromBlock: 0n, toBlock: "finalized", strict: true });
      for (const { args: { sequence } } of deferred.filter((log) => !this.#refunded.has(`${id} ${log.args.sequence}`))) {
        const [sent] = await source.client.getLogs({ address, event: event(bridgeAbi, "MessageSent"), args: { destinationChainId: BigInt(destination.id), sequence }, fromBlock: 0n, strict: true });
        const user = sent && this.users.find((one) => one.address.toLowerCase() === `0x${sent.args.message.slice(12, 52)}`);
        if (!user) continue;
        this.#refunded.add(`${id} ${sequence}`);
        await this.traffic.accounts.transact(destination, user, { address, abi: bridgeAbi, functionName: "refund", args: [id, sequence, sent.args.message] });
      }
    }
  }

  #sum(key) {
    return [...this.#lanes.values()].reduce((sum, lane) => sum + lane[key], 0);
  }
}
