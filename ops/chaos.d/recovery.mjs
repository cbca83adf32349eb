// When a fault's victim works again, as its own records show it.
import { setTimeout as delay } from "node:timers/promises";
import { quantile as nearest } from "../demo.d/quantile.mjs";
import { freeSince, isCalm, waitingSince } from "./holds.mjs";
import { APIS, EXECUTORS, RELAYERS, VALIDATORS } from "./organisations.mjs";

const PATIENCE = 120_000;
/** Who was left alone for so long shows what a chain or the bus does, and not how it is itself. */
const CALM = 30_000;
const HEARTBEAT = { validator: "attest", relayer: "watch 918001", executor: "execute 918001" };

/**
 * What has to work again, by what a kind recovers as, each part by itself: whom it is held up with, and whether it works since a time in
 * milliseconds since 1970.
 */
const parts = {
  process: (world, target) => processesOf(target).map((name) => ({ victims: [name], works: (since) => (APIS.includes(name) ? answers(world, name) : beats(world, name, since)) })),
  postgres: (world, target) => databasesOf(target).map((name) => ({ victims: [name, "postgres"], works: (since) => beats(world, name, since) })),
  // Attestations flow over the bus again.
  rabbitmq: (world, target, begun) => [seenBy(calmOf(RELAYERS, begun), target, (name, since) => yes(world, name, `SELECT count(*) > 0 FROM attestation_intake WHERE via = 'bus' AND offered_at > ${time(since)}`))],
  endpoint: (world, target, begun) => [seenBy(calmOf(OBSERVERS, begun), target, (name, since) => cursorMoved(world, target.split(" ")[0], since, name))],
  watcher: (world, target) => [{ victims: victims(target), works: (since) => cursorMoved(world, target.split(" ")[1], since, target.split(" ")[0]) }],
  chain: (world, target, begun) => [seenBy(calmOf(OBSERVERS, begun), target, (name, since) => cursorMoved(world, target.split(" ").at(-1), since, name))],
};

/**
 * @param begun every fault that has begun, as holds.mjs wants them
 * @returns milliseconds that the slowest part needed once it was free; null when one did not work within two minutes of that; undefined when the run ended before
 */
export async function measureRecovery(world, kind, target, begun) {
  const ended = Date.now();
  const took = await Promise.all(parts[kind.recovers](world, target, begun).map((part) => recoveryOf(world, { ...part, ended }, begun)));
  if (took.includes(undefined)) return undefined;
  return took.includes(null) ? null : Math.max(...took);
}

async function recoveryOf(world, part, begun) {
  for (; Date.now() - waitingSince(begun, part, Date.now()) < PATIENCE && !world.ending; await delay(100)) {
    if (!(await part.works(part.ended))) continue;
    const now = Date.now();
    return now - freeSince(begun, part, now);
  }
  return world.ending ? undefined : null;
}

/** A chain's endpoints are one victim with it: two of them at a time are a kind of their own. */
export const victims = (target) => target.split(" ").filter((part) => !/^\d$/.test(part));

const OBSERVERS = [...RELAYERS, ...VALIDATORS];
const calmOf = (names, begun) => names.find((name) => isCalm(begun, [name, "postgres", "all"], Date.now() - CALM)) ?? names[0];
const seenBy = (name, target, works) => ({ victims: [...victims(target), name, "postgres"], works: (since) => works(name, since) });
/** Some faults of the database strike those of one organisation alone. */
const databasesOf = (target) => OBSERVERS.filter((name) => target.split(" ").includes(name) || !OBSERVERS.some((other) => target.split(" ").includes(other)));
const processesOf = (target) => (target.startsWith("all") ? [...VALIDATORS, ...RELAYERS, ...EXECUTORS, ...APIS] : target.split(" "));
const time = (milliseconds) => `to_timestamp(${milliseconds / 1000})`;
const yes = async (world, name, sql) => (await world.sql(name).query(sql))?.[0]?.[0] === "t";
const beats = (world, name, since) => yes(world, name, `SELECT count(*) > 0 FROM heartbeat WHERE component = '${HEARTBEAT[name.split("-")[0]]}' AND state = 'ok' AND beaten_at > ${time(since)}`);
const cursorMoved = (world, chain, since, name) => yes(world, name, `SELECT count(*) > 0 FROM chain_cursor WHERE chain_id = ${world.chains[chain]?.id ?? 918001} AND updated_at > ${time(since)}`);
const answers = (world, name) => fetch(`${world.organisations.urls[name]}/v1/transfers?limit=1`, { signal: AbortSignal.timeout(2000) }).then((answer) => answer.ok, () => false);

/** The nearest-rank quantile in seconds, to a tenth; a dash where there is nothing. */
export function quantile(milliseconds, share) {
  return milliseconds.length === 0 ? "-" : (nearest(milliseconds, share) / 1000).toFixed(1);
}
