// How far every lane is, by the chains themselves.
import { event } from "../demo.d/abi.mjs";
import { laneId } from "../demo.d/wire.mjs";
import { bridgeAbi } from "./traffic.mjs";

/** Blocks that a look back covers while it runs. */
const RECENT = 200n;

export class Lanes {
  /** @type {Map<string, object>} */
  #lanes = new Map();

  constructor(chains, deployment) {
    this.deployment = deployment;
    for (const source of Object.values(chains))
      for (const destination of Object.values(chains))
        if (source !== destination)
          this.#lanes.set(`${source.name} to ${destination.name}`, { source, destination, id: laneId({ id: source.id, bridge: deployment.bridge }, { id: destination.id, bridge: deployment.bridge }), sent: 0, delivered: 0 });
  }

  get all() {
    return [...this.#lanes.values()];
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

  #sum(key) {
    return [...this.#lanes.values()].reduce((sum, lane) => sum + lane[key], 0);
  }
}
