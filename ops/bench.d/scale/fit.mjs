// The two figures that no part was measured for: what a message costs our programs, and everything else on their machine.
import { Failure } from "../../demo.d/failure.mjs";
import { makeCosts } from "./costs.mjs";
import { simulate } from "./model.mjs";
import { CORES, drain } from "./scenarios.mjs";

const TURNS = 8;

/**
 * Costs with which the model takes as long for one drain, and as much of our programs' processor, as that drain was measured to.
 * @param measured { transfers, seconds, cpu } cpu: microseconds for each transfer
 * @returns {{ ours: number, rest: number }} seconds of a processor
 * @throws {Failure} where the programs' starts alone would explain what was measured
 */
export function fit(given, { transfers, seconds, cpu }) {
  let perMessage = { ours: (cpu * 1e-6) / 2, rest: (cpu * 1e-6) / 2 };
  for (let turn = 0; turn < TURNS; turn++) {
    const { ours, elapsed } = simulate(drain(given, transfers), makeCosts(given, perMessage));
    const more = cpu * 1e-6 - ours / transfers;
    perMessage = { ours: positive(perMessage.ours + more), rest: positive(perMessage.rest + ((seconds - elapsed) * CORES) / transfers - more) };
  }
  return perMessage;
}

function positive(seconds) {
  if (seconds > 0) return seconds;
  throw new Failure("the drain that costs are fitted to took no longer than its programs' starts are said to take: measure a longer one");
}
