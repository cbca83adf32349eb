// When a fault's victim works again, as its own records show it.
import { setTimeout as delay } from "node:timers/promises";
import { APIS, EXECUTORS, RELAYERS, VALIDATORS } from "./organisations.mjs";

const PATIENCE = 120_000;
const HEARTBEAT = { validator: "attest", relayer: "watch 918001", executor: "execute 918001" };

/** Probes, by what a kind's victim recovers as: true once it works again after `since`, in milliseconds since 1970. */
const probes = {
  process: (world, target, since) => all(processesOf(target).map((name) => (APIS.includes(name) ? answers(world, name) : beats(world, name, since)))),
  postgres: (world, _, since) => all([...VALIDATORS, ...RELAYERS].map((name) => beats(world, name, since))),
  // Attestations flow over the bus again.
  rabbitmq: (world, _, since) => yes(world, "relayer-1", `SELECT count(*) > 0 FROM attestation_intake WHERE via = 'bus' AND offered_at > ${time(since)}`),
  endpoint: (world, target, since) => cursorMoved(world, target.split(" ")[0], since),
  watcher: (world, target, since) => cursorMoved(world, target.split(" ")[1], since, target.split(" ")[0]),
  chain: (world, target, since) => cursorMoved(world, target.split(" ").at(-1), since),
};

/**
 * @param waitingSince since when nothing holds the victim up, as it is known now, in milliseconds since 1970
 * @returns when it worked again, in milliseconds since 1970; null when it did not within two minutes of that; undefined when the run ended before
 */
export async function awaitRecovery(world, kind, target, waitingSince) {
  const since = Date.now();
  for (; Date.now() - waitingSince() < PATIENCE && !world.ending; await delay(100)) {
    if (await probes[kind.recovers](world, target, since)) return Date.now();
  }
  return world.ending ? undefined : null;
}

const processesOf = (target) => (target.startsWith("all") ? [...VALIDATORS, ...RELAYERS, ...EXECUTORS, ...APIS] : target.split(" "));
const all = async (answers) => (await Promise.all(answers)).every(Boolean);
const time = (milliseconds) => `to_timestamp(${milliseconds / 1000})`;
const yes = async (world, name, sql) => (await world.sql(name).query(sql))?.[0]?.[0] === "t";
const beats = (world, name, since) => yes(world, name, `SELECT count(*) > 0 FROM heartbeat WHERE component = '${HEARTBEAT[name.split("-")[0]]}' AND state = 'ok' AND beaten_at > ${time(since)}`);
const cursorMoved = (world, chain, since, name = "relayer-1") => yes(world, name, `SELECT count(*) > 0 FROM chain_cursor WHERE chain_id = ${world.chains[chain]?.id ?? 918001} AND updated_at > ${time(since)}`);
const answers = (world, name) => fetch(`${world.organisations.urls[name]}/v1/transfers?limit=1`, { signal: AbortSignal.timeout(2000) }).then((answer) => answer.ok, () => false);

/** The nearest-rank quantile in seconds, to a tenth. */
export function quantile(milliseconds, share) {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  return sorted.length === 0 ? "-" : (sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] / 1000).toFixed(1);
}
