import type { Incident, LaneStats, Status, ValidatorSet } from "../api/standing.ts";
import type { Lane } from "../api/lanes.ts";

/** A validator's place in one destination's set in force, and what it did in the last day. share: of what was certified, from 0 to 1. */
export interface Seat {
  chain: string; epoch: string; threshold: number; members: number; validator: string; index: number; signed: number; missed: number; share?: number; lastSignedAt?: string; excluded: boolean;
}

/** Where the console shows a validator and an executor; either may be empty. */
export function operatorUrl(validator: string, executor: string): string {
  const query = new URLSearchParams(Object.entries({ validator, executor }).filter(([, address]) => address !== ""));
  return `/operator${query.size > 0 ? `?${query}` : ""}`;
}

/** Every seat, or one validator's. @param validator an address in any case; empty for all */
export function seats(sets: ValidatorSet[], validator = ""): Seat[] {
  return sets.flatMap(({ chain, epoch, threshold, validators }) => validators
    .filter((one) => validator === "" || one.validator.toLowerCase() === validator.toLowerCase())
    .map(({ uptime, lastSignedAt, p95DelaySeconds: _, ...one }) => ({ ...one, chain, epoch, threshold, members: validators.length, ...(uptime !== undefined && { share: uptime }), ...(lastSignedAt && { lastSignedAt }) })));
}

/** The sets of whose members the validator is none. */
export const missingFrom = (sets: ValidatorSet[], validator: string) => sets.filter((set) => seats([set], validator).length === 0).map(({ chain }) => chain);

/** A lane with what is on its way, and with what stops it and how that ends. */
export interface LaneStanding { lane: Lane; stats?: LaneStats; incident?: Incident; wayOut?: string }

export function laneStandings(lanes: Lane[], stats: LaneStats[], incidents: Incident[]): LaneStanding[] {
  return lanes.map((lane) => {
    const [own, incident] = [stats.find((one) => one.lane === lane.lane), incidents.find((one) => one.lane === lane.lane)];
    const way = wayOut(lane, incident);
    return { lane, ...(own && { stats: own }), ...(incident && { incident }), ...(way && { wayOut: way }) };
  });
}

/** What has to be known before a lane may go on, by the code of its halt: ops/runbook/halts has the whole. */
const BEFORE: Record<string, string> = {
  OPERATOR_PAUSE: "Ask whoever paused it",
  CONFLICTING_CHECKPOINT: "Keep this validator stopped until it is known which rolling hash the source's contract holds",
  CONFLICTING_MESSAGE: "Find out by other endpoints which message the source holds",
  DELIVERY_WITHOUT_SOURCE: "Pause the Bridges, and restore the cover",
  FINAL_BLOCK_VANISHED: "Compare the block's hash at other endpoints; the messages must be final again, or declared lost by all",
  FINAL_DELIVERY_VANISHED: "Compare the block's hash at other endpoints",
  FOREIGN_CERTIFICATE: "Treat it as a theft: pause every Bridge, and prove which side was deceived",
  FOREIGN_DELIVERY: "Pause every Bridge at once, rotate the validators, and restore the cover",
};

/** How a lane that stands still goes on; undefined for one that is open. */
export function wayOut({ lane, state }: Pick<Lane, "lane" | "state">, incident: Incident | undefined): string | undefined {
  switch (state) {
    case "open": return undefined;
    case "paused": return "It ends by itself unless a guardian renews it; an administrator ends it earlier on chain.";
    case "closed": return "Both Bridges must know each other: bridge admin lane open.";
    default: return `${BEFORE[incident?.code ?? ""] ?? "Find out why"}. Then: bridge lanes resume --lane ${lane} --by NAME --why TEXT. No halt ends by time.`;
  }
}

/** In one sentence. */
export function summary({ status, components, incidents, chains }: Status): string {
  const bad = [
    [components.filter(({ state }) => state !== "ok").length, "component does not work", "components do not work"],
    [incidents.length, "lane is halted", "lanes are halted"],
    [chains.filter(({ state }) => state !== "up").length, "chain is not well", "chains are not well"],
  ] as const;
  const said = bad.filter(([count]) => count > 0).map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  return said.length > 0 ? `${said.join(", ")}.` : status === "ok" ? "Everything works." : "A lane is not open.";
}
