// Since when nothing holds up what has to work again after a fault. Pure; times in milliseconds since 1970.

/** The end of the fault, or of the last one after it that held one of `victims` up and ended before `now`. */
export function freeSince(begun, { victims, ended }, now) {
  return Math.max(ended, ...holding(begun, victims).map((other) => other.ended).filter((end) => end <= now));
}

/** The same; `now`, while one of them goes on. */
export function waitingSince(begun, { victims, ended }, now) {
  return Math.max(ended, ...holding(begun, victims).map((other) => Math.min(other.ended, now)));
}

/** Whether nothing has struck one of `victims` since a time. */
export function isCalm(begun, victims, since) {
  return begun.every((other) => other.ended <= since || !other.victims.some((part) => victims.includes(part)));
}

/** @param begun every fault that has begun: {victims, blocks, ended}, Infinity while it goes on */
const holding = (begun, victims) => begun.filter((other) => other.blocks || other.victims.some((part) => victims.includes(part)));
