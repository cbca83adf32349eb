// The whole deployment: chains, validators, a relayer. It says what came through, how late, and who was busy.
import { Random } from "../../chaos.d/random.mjs";
import { Chain } from "./chain.mjs";
import { Clock } from "./clock.mjs";
import { Lane } from "./lane.mjs";
import { Machine } from "./machine.mjs";
import { Organisation, OURS } from "./organisation.mjs";
import { addRelayer } from "./relayer.mjs";
import { addValidator } from "./validator.mjs";

/**
 * @param plan as scenarios.mjs makes it
 * @param costs as costs.mjs makes them
 * @returns of the time between plan.from and the end: seconds, mined, delivered, ours (seconds of a processor that our programs used), latencies as
 *   [seconds from finality until a delivery is with the destination's node, messages], the share of the time that each worker was in steps;
 *   and elapsed, all of the time
 */
export function simulate(plan, costs) {
  const clock = new Clock();
  const random = new Random(plan.seed);
  const one = plan.shared ? new Machine(clock, plan.shared.cores, plan.shared.background) : null;
  const machines = () => (one ? { programs: one, database: one } : { programs: new Machine(clock, plan.cores), database: new Machine(clock, plan.cores) });
  const node = one && { ...costs.node, machine: one };
  const load = plan.load(random);
  const chains = Array.from({ length: plan.chains }, (_, i) => Object.assign(new Chain(clock, plan.block, costs, load, node), { name: `${i + 1}`, among: plan.chains }));
  const lanes = chains.flatMap((from) => chains.filter((to) => to !== from).map((to) => new Lane(from, to, plan.validators)));
  for (const lane of lanes) lane.from.lanes.push(lane);

  const state = { delivered: 0, latencies: [] };
  for (const chain of chains) chain.delivered = (count) => (state.delivered += count);
  const relayers = new Organisation(clock, "relayer", machines(), costs);
  const { offer, programs } = addRelayer(relayers, chains, lanes, plan, (latencies) => state.latencies.push(...latencies));
  const validators = Array.from({ length: plan.validators }, (_, i) => new Organisation(clock, `validator ${i + 1}`, machines(), costs));
  const all = [...programs.map((workers) => [relayers, workers]), ...validators.map((one, i) => [one, addValidator(one, i, chains, lanes, offer)])];
  start(plan, costs, random, chains, [...all, [relayers, []]]); // The last is the API's program, which has no part in it but to start.

  const organisations = [relayers, ...validators];
  clock.run(plan.from);
  const before = snapshot(organisations, lanes, state);
  state.latencies = [];
  clock.run(plan.until, () => plan.isDone?.(state) ?? false);
  return difference(before, snapshot(organisations, lanes, state), clock.now - plan.from, { elapsed: clock.now, latencies: state.latencies });
}

function start({ block, warmUp }, costs, random, chains, programs) {
  for (const chain of chains) chain.start(random.next() * block.seconds);
  for (const [{ machines }, workers] of programs) {
    const wake = () => workers.forEach((worker) => worker.wake());
    if (warmUp) machines.programs.use(costs.warmUp, OURS, wake);
    else wake();
  }
  for (const chain of chains) chain.load.begin?.(chain);
}

function snapshot(organisations, lanes, { delivered }) {
  const machines = new Set(organisations.flatMap((one) => Object.values(one.machines)));
  const ours = [...machines].reduce((sum, machine) => sum + machine.used(OURS), 0);
  const workers = new Map(organisations.flatMap((one) => one.workers.map((worker) => [worker.name, worker.busyNow])));
  return { mined: lanes.reduce((sum, lane) => sum + lane.mined, 0), delivered, ours, workers };
}

function difference(before, after, seconds, rest) {
  const workers = new Map([...after.workers].map(([name, busy]) => [name, (busy - before.workers.get(name)) / seconds]));
  const counts = Object.fromEntries(["mined", "delivered", "ours"].map((what) => [what, after[what] - before[what]]));
  return { seconds, ...counts, workers, ...rest };
}
