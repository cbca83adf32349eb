// The deployment under users: first as many as it carries, then half as many, then one now and then.
import { setTimeout as delay } from "node:timers/promises";
import { Databases } from "../../demo.d/databases.mjs";
import { Failure } from "../../demo.d/failure.mjs";
import { EXECUTOR, Nodes } from "../../demo.d/nodes.mjs";
import { cpuSeconds } from "../../demo.d/usage.mjs";
import { Deliveries } from "../deliveries.mjs";
import { BATCH } from "../replay/history.mjs";
import { Arrivals } from "./arrivals.mjs";
import { Blocks } from "./blocks.mjs";
import { addedLatencies } from "./latency.mjs";
import { Load } from "./load.mjs";
import { Memory } from "./memory.mjs";
import { Users } from "./users.mjs";

const LOOK_EVERY = 100;
/** Several blocks: what is mined by itself is, by then. */
const REVIVE_EVERY = 5000;
const PATIENCE = 120_000;
const WARM_SHARE = 0.2;
const LONE = 10;
const LONE_EVERY = 4000;

export async function live({ root, programs, folder, processes, world, keys, validators, seconds, tell }) {
  const { alpha, beta, chains, deployment } = world;
  const users = await Users.prepare(world, validators);
  const before = new Set(processes.running.map(({ name }) => name));
  const nodes = new Nodes({ root, programs, folder, processes, databases: new Databases(), chains, deployment, keys, executor: { MaxInFlight: 32 } });
  const blocks = [new Blocks(alpha), new Blocks(beta)];
  for (const one of blocks) one.start();
  await nodes.start();
  const ours = processes.running.filter(({ name }) => !before.has(name));
  const ways = [
    await Way.open({ from: alpha, to: beta, users: users.there, bridge: deployment.bridge, blocks: blocks[0], executor: keys[EXECUTOR].address, count: BATCH }),
    await Way.open({ from: beta, to: alpha, users: users.back, bridge: deployment.bridge, blocks: blocks[1], executor: keys[EXECUTOR].address, count: 0 }),
  ];
  const run = async () => {
    const full = await flood({ ways, ours, seconds, tell });
    if (full.rate === 0) throw new Failure(`nothing arrived in ${seconds} s`);
    const half = await quiet(ways, tell, () => Promise.all(ways.map((way) => way.load.pace(full.rate / 2 / ways.length, performance.now() + (seconds * 1000) / 4))));
    const lone = await quiet(ways, tell, () => alone(ways));
    return { ...full, latency: half, lone, revived: total(ways, (way) => way.revived), lost: total(ways, (way) => way.underway), doubled: total(ways, (way) => way.deliveries.doubled) };
  };
  const result = await Promise.race([run(), ...ways.map(({ watching }) => watching), ...blocks.map(({ failure }) => failure)]);
  for (const way of ways) await way.close();
  for (const one of blocks) await one.stop();
  return result;
}

/** @returns what was carried a second after the first fifth of the time, and the processor's time and memory that it took */
async function flood({ ways, ours, seconds, tell }) {
  const memory = new Memory(ours);
  const remembering = memory.run();
  const [warm, until] = [performance.now() + seconds * WARM_SHARE * 1000, performance.now() + seconds * 1000];
  const flooding = Promise.all(ways.map((way) => way.load.flood(until)));
  const arrived = () => total(ways, (way) => way.arrived);
  const used = () => ours.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
  await delay(warm - performance.now());
  const first = { arrived: arrived(), used: used(), at: performance.now() };
  for (; performance.now() < until; await delay(1000)) tell(`${((until - performance.now()) / 1000).toFixed(0)} s left: ${arrived()} delivered`);
  await flooding;
  const count = arrived() - first.arrived;
  const rate = count / ((performance.now() - first.at) / 1000);
  const cpu = ((used() - first.used) / count) * 1e6;
  memory.stop();
  await remembering;
  await settled(ways, tell);
  return { rate, cpu, memory: memory.figures() };
}

/** @returns added latencies in milliseconds of what `sending` sent */
async function quiet(ways, tell, sending) {
  for (const way of ways) await way.beginAnew();
  await sending();
  await settled(ways, tell);
  return (await Promise.all(ways.map((way) => way.latencies()))).flat();
}

async function alone(ways) {
  for (let i = 0; i < LONE; i++, await delay(LONE_EVERY)) await ways[i % ways.length].load.one();
}

async function settled(ways, tell) {
  const underway = () => total(ways, (way) => way.underway);
  for (let [least, since] = [underway(), performance.now()]; underway() > 0; await delay(LOOK_EVERY)) {
    if (underway() < least) [least, since] = [underway(), performance.now()];
    if (performance.now() - since > PATIENCE) throw new Failure(`${underway()} transfers did not arrive: nothing has for ${PATIENCE / 1000} s`);
    tell(`${underway()} underway`);
  }
}

const total = (ways, pick) => ways.reduce((sum, way) => sum + pick(way), 0);

/** One direction: who sends there, and what has arrived. */
class Way {
  latest = [];
  revived = 0;
  #open = true;

  static async open({ from, to, users, bridge, blocks, executor, count }) {
    const way = new Way();
    const deliveries = new Deliveries(to, bridge, { count, from: Number(await to.request("eth_blockNumber")) + 1 });
    Object.assign(way, { from, to, bridge, blocks, deliveries, before: count, arrivals: new Arrivals(to, executor) });
    way.load = new Load(users, () => way.arrived);
    /** Ends when it is closed; rejects when a chain no longer answers. */
    way.watching = Promise.all([way.arrivals.run(), way.#look(), way.#revive(users)]);
    way.watching.catch(() => {});
    return way;
  }

  get arrived() {
    return this.deliveries.count - this.before;
  }

  get underway() {
    return this.load.sent - this.arrived;
  }

  /** What is sent from now on counts. */
  async beginAnew() {
    this.latest = [];
    this.since = Number(await this.from.request("eth_blockNumber"));
  }

  latencies() {
    return addedLatencies({ from: this.from, to: this.to, bridge: this.bridge, since: this.since, deliveries: this.latest, blocks: this.blocks, arrivals: this.arrivals });
  }

  async close() {
    this.#open = false;
    this.arrivals.stop();
    await this.watching;
  }

  async #revive(users) {
    for (; this.#open; await delay(REVIVE_EVERY)) this.revived += await users.revive();
  }

  async #look() {
    for (; this.#open; await delay(LOOK_EVERY)) {
      const seen = await this.deliveries.look();
      this.latest.push(...seen);
    }
  }
}
