// When each transfer reached which status: the API's account of it, which the count at the end does not rest on.
import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "./failure.mjs";

const STAGES = ["Observed", "Finalized", "Certified", "Submitted", "Executed", "Delivered"];
/** Seconds by which the API may lag behind the chains. */
const PATIENCE = 20;
const AT_ONCE = 8;

/**
 * @param complete whether the chains have all of them delivered: then the API must say so too
 * @param sentAt milliseconds since 1970 at which each transaction was handed to a node
 * @returns {{ stage: string, since: number[], own: number[] }[]} seconds since sending, and since the status before
 */
export async function readLatencies(api, lanes, complete, sentAt) {
  const waiting = lanes.flatMap((lane) => lane.sent);
  const timelines = [];
  const reader = async () => {
    for (let message = waiting.pop(); message; message = waiting.pop()) timelines.push(await timeline(api, message, complete, sentAt));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return STAGES.map((stage) => {
    const reached = timelines.filter((times) => times.has(stage)).map((times) => {
      const before = STAGES.slice(0, STAGES.indexOf(stage)).findLast((earlier) => times.has(earlier));
      return { since: times.get(stage), own: times.get(stage) - (times.get(before) ?? 0) };
    });
    return { stage, since: reached.map((one) => one.since), own: reached.map((one) => one.own) };
  });
}

/** Seconds from sending to each status of one transfer, the first time it got there. */
async function timeline(api, { rollingHash, transaction }, complete, sentAt) {
  for (const until = Date.now() + PATIENCE * 1000; ; await delay(250)) {
    const response = await fetch(`${api}/v1/transfers/${rollingHash}/events`);
    const events = response.ok ? await response.json() : [];
    if (!complete || events.at(-1)?.to === "Delivered") {
      return new Map(events.toReversed().map(({ at, to }) => [to, (Date.parse(at) - sentAt.get(transaction)) / 1000]));
    }
    if (Date.now() > until) throw new Failure(`the API shows ${rollingHash} as ${events.at(-1)?.to ?? `unknown (${response.status})`}, ${PATIENCE} s after the chains had it delivered`);
  }
}
