// The real deployment, started on a backlog: four validators, a relayer's processes and an executor, PostgreSQL and RabbitMQ.
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { bridgeAbi, event } from "../../demo.d/abi.mjs";
import { Databases } from "../../demo.d/databases.mjs";
import { Failure } from "../../demo.d/failure.mjs";
import { Nodes } from "../../demo.d/nodes.mjs";
import { decodeEventLog, toEventSelector, toHex } from "../../demo.d/viem.mjs";

const LOOK_EVERY = 250;
const STUCK = 120_000;
/** Clock ticks in a second, as /proc counts: USER_HZ, which is 100 on every Linux. */
const TICKS = 100;
const DELIVERED = event(bridgeAbi, "MessagesDelivered");
const TOPIC = toEventSelector(DELIVERED);

/** @returns {{ seconds: number, rate: number, cpu: number, doubled: number }} cpu: microseconds of our processes for each transfer */
export async function drain({ root, folder, processes, world, keys, tell }) {
  const { alpha, beta, chains, deployment, messages } = world;
  for (const chain of [alpha, beta]) await chain.request("evm_setIntervalMining", 1);
  const nodes = new Nodes({ root, folder, processes, databases: new Databases(), chains, deployment, keys, executor: { MaxInFlight: 32 } });
  const before = new Set(processes.running.map(({ name }) => name));
  await nodes.start();
  const began = nodes.began;
  const ours = processes.running.filter(({ name }) => !before.has(name));
  const deliveries = new Deliveries(beta, deployment.bridge);
  for (let [seen, since] = [0, Date.now()]; deliveries.count < messages.length; await delay(LOOK_EVERY)) {
    await deliveries.look();
    if (deliveries.count > seen) [seen, since] = [deliveries.count, Date.now()];
    tell(`${((Date.now() - began) / 1000).toFixed(1)} s: ${deliveries.count} delivered`);
    if (Date.now() - since > STUCK) throw new Failure(`nothing was delivered for ${STUCK / 1000} s; ${deliveries.count} of ${messages.length} were`);
  }
  const seconds = (Date.now() - began) / 1000;
  return { seconds, rate: messages.length / seconds, cpu: (ours.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0) / messages.length) * 1e6, doubled: deliveries.doubled };
}

/** What was delivered, by the destination's logs. */
class Deliveries {
  count = 0;
  doubled = 0;
  #next = 0;

  constructor(chain, bridge) {
    Object.assign(this, { chain, bridge });
  }

  async look() {
    const head = Number(await this.chain.request("eth_blockNumber"));
    if (head < this.#next) return;
    const logs = await this.chain.request("eth_getLogs", { address: this.bridge, topics: [TOPIC], fromBlock: toHex(this.#next), toBlock: toHex(head) });
    this.#next = head + 1;
    for (const log of logs) {
      const { firstSequence, lastSequence } = decodeEventLog({ abi: [DELIVERED], ...log }).args;
      if (Number(firstSequence) !== this.count + 1) this.doubled++;
      this.count = Number(lastSequence);
    }
  }
}

/** User and system time of a process, its threads included: fields 14 and 15 of proc(5)'s stat. */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
