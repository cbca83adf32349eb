// What happens in a run, in order.
import { setTimeout as delay } from "node:timers/promises";
import { Faults } from "./faults.mjs";
import { KINDS } from "./kinds/index.mjs";
import { Memory } from "./memory.mjs";
import { makePlan } from "./plan.mjs";
import { quantile } from "./recovery.mjs";
import { drain, judge, parked } from "./verdict.mjs";

/** @returns the exit code: 0 only if every law holds, everything arrived, and every victim recovered */
export async function chaos(world, options, timeline) {
  const { note } = world;
  const chosen = KINDS.filter((kind) => options.kinds.length === 0 || options.kinds.some((part) => kind.id.includes(part)));
  const plan = makePlan({ seed: options.seed, faults: options.faults, kinds: chosen, every: options.every });
  note.say("starting three chains, servers, validators, relayers, executors and APIs");
  await world.start(options);
  await world.traffic.prepare();
  world.memory = new Memory(world.processes, world.organisations.names);
  const watching = keepLooking(world);
  await settle(world);

  note.say(`${options.faults} faults of ${new Set(plan.map((fault) => fault.kind)).size} kinds over ${options.messages} messages, seed ${options.seed}`);
  const faults = new Faults(world, chosen, timeline);
  const traffic = world.traffic.run();
  await faults.run(plan);
  world.traffic.enough();
  await traffic;
  const drained = await drain(world);
  world.ending = true;
  await watching;
  return report(world, { faults, plan, drained, timeline });
}

/** Looks where the lanes are, sends again what a reorg dropped, and has what was deferred retried or refunded. */
async function keepLooking(world) {
  for (let round = 0; !world.ending; round++) {
    await world.lanes.look();
    if (round % 4 === 0) await world.traffic.accounts.resend();
    if (round % 3 === 2) world.memory.sample();
    if (round % 10 === 4) await world.operators.look();
    if (round % 10 === 9) await world.deferrals.settle().catch(() => {}); // A chain that is away now is asked again.
    world.note.renew(`${world.lanes.sent} sent, ${world.lanes.delivered} delivered, ${world.lanes.waiting} underway`);
    await delay(1000);
  }
}

/** The first messages bring tokens everywhere: no fault before they have arrived. */
async function settle(world) {
  for (const until = Date.now() + 120_000; Date.now() < until; await delay(500)) {
    if (world.lanes.sent >= 10 && world.lanes.waiting === 0) return;
  }
  throw new Error("the first messages did not arrive within two minutes");
}

async function report(world, { faults, plan, drained, timeline }) {
  const verdicts = await judge(world);
  world.note.keep();
  for (const { relayer, lines } of verdicts) for (const line of lines) console.log(`${relayer}: ${line}`);
  const violated = (law) => verdicts.flatMap(({ lines }) => lines).filter((line) => line.startsWith(`${law} `) && line.includes("VIOLATED"));
  const lost = world.lanes.waiting + violated("L3").length;
  const doubled = violated("L2").length;
  for (const what of ["process", "postgres", "rabbitmq", "endpoint", "watcher", "chain"]) {
    const measured = faults.done.filter((one) => one.recovers === what && one.recovery !== null).map((one) => one.recovery);
    console.log(`recovery, ${what}: ${measured.length} faults, median ${quantile(measured, 0.5)} s, p95 ${quantile(measured, 0.95)} s, longest ${quantile(measured, 1)} s`);
  }
  const { before, after, percent } = world.memory.growth;
  console.log(`resident memory: ${before} MB in the second quarter, ${after} MB in the last, ${percent} %`);
  for (const complaint of world.complaints) console.log(`complaint: ${complaint}`);
  console.log(`timeline: ${timeline.file}`);
  const recoveries = faults.done.filter((one) => one.recovery !== null).map((one) => one.recovery);
  const ok = drained && world.complaints.length === 0 && verdicts.every(({ code }) => code === 0) && faults.done.length === plan.length;
  console.log(`chaos: faults=${faults.done.length} kinds=${new Set(faults.done.map((one) => one.kind)).size} messages=${world.lanes.sent} lost=${lost} doubled=${doubled} parked=${await parked(world)} recovery_p95=${quantile(recoveries, 0.95)}s`);
  return ok ? 0 : 1;
}
