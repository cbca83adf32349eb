// What each step costs, in seconds: made of costs.json and of two figures that are fitted to one drain.
import { readFileSync } from "node:fs";

const MICRO = 1e-6;

/** costs.json without units and sources: { name: value }. */
export function readCosts(url = new URL("costs.json", import.meta.url)) {
  return Object.fromEntries(Object.values(JSON.parse(readFileSync(url, "utf8"))).flatMap((part) => Object.entries(part).map(([name, { value }]) => [name, value])));
}

/**
 * @param given as readCosts gives it
 * @param perMessage { ours, rest } seconds of a processor for each message: our programs', and everything else's on the same machine
 * @param send seconds of a processor for a chain's node to take a user's transaction
 */
export function makeCosts(given, { ours, rest }, send = 0) {
  const programs = shares(withoutStarts(given));
  const others = shares(given.otherSeconds);
  const { validators, relayer, insert } = given.databaseSamples;
  const later = 1 - insert / (validators + relayer);
  const database = (samples) => (rest * others.databases * samples) / (validators + relayer);
  const [forValidator, forRelayer] = [database(validators / given.validators), database(relayer)];
  return {
    validator: merge(spread((ours * programs.validators) / given.validators, later, ["final", "attest", "delivered"]), spread(forValidator, later, ["final", "attest", "delivered"])),
    relayer: merge(
      { ...spread(ours * programs.watch, later, ["final", "delivered"]), certify: ours * programs.relay, deliver: ours * programs.execute },
      spread(forRelayer, later, ["final", "certify", "deliver", "delivered"])),
    node: { deliver: rest * (1 - others.databases), send },
    counts: given, warmUp: given.warmUp, hop: given.hop * MICRO, sign: given.sign * MICRO, recover: given.recover * MICRO,
    question: { database: given.questionProcessor * MICRO, wait: (given.question - given.questionProcessor) * MICRO },
    gas: { send: given.sendGas, ...deliveryGas(given) },
  };
}

/** What a delivery costs by itself and what each message adds, from one of one and one of a hundred. Pure. */
export function deliveryGas({ deliveryGas1, deliveryGas100 }) {
  const message = (100 * deliveryGas100 - deliveryGas1) / 99;
  return { delivery: deliveryGas1 - message, message };
}

function withoutStarts({ programSeconds, warmUp, validators }) {
  return Object.fromEntries(Object.entries(programSeconds).map(([name, seconds]) => [name, seconds - warmUp * (name === "validators" ? validators : 1)]));
}

function shares(amounts) {
  const total = Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount / total]));
}

/** At the head what is not later, and the rest evenly. */
const spread = (seconds, later, steps) => ({ head: seconds * (1 - later), ...Object.fromEntries(steps.map((step) => [step, (seconds * later) / steps.length])) });

const merge = (programs, database) => Object.fromEntries(Object.keys(database).map((step) => [step, { programs: programs[step], database: database[step] }]));
