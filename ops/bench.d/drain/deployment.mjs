// The real deployment, started on a backlog: four validators, a relayer's processes and an executor, PostgreSQL and RabbitMQ.
import { setTimeout as delay } from "node:timers/promises";
import { Databases } from "../../demo.d/databases.mjs";
import { Failure } from "../../demo.d/failure.mjs";
import { Nodes } from "../../demo.d/nodes.mjs";
import { cpuSeconds } from "../../demo.d/usage.mjs";
import { Deliveries } from "../deliveries.mjs";


const LOOK_EVERY = 250;
const STUCK = 120_000;

/** @returns {{ seconds: number, rate: number, cpu: number, doubled: number }} cpu: microseconds of our processes for each transfer */
export async function drain({ root, programs, folder, processes, world, keys, tell }) {
  const { alpha, beta, chains, deployment, messages } = world;
  for (const chain of [alpha, beta]) await chain.request("evm_setIntervalMining", 1);
  const nodes = new Nodes({ root, programs, folder, processes, databases: new Databases(), chains, deployment, keys, executor: { MaxInFlight: 32 } });
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
