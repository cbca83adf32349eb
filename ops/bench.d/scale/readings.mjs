// What drain and live measured last, out of the lines in their READMEs. Pure.
import { Failure } from "../../demo.d/failure.mjs";

/** @returns {{ transfers: number, seconds: number, rate: number, cpu: number }[]} cpu: microseconds of our programs for each; fewest transfers first */
export function readDrains(text) {
  const lines = text.matchAll(/drain: (\d+) transfers in ([\d.]+) s, (\d+) transfers\/s .*, (\d+) microseconds of processor each/g);
  const drains = [...lines].map(([, ...figures]) => figures.map(Number)).map(([transfers, seconds, , cpu]) => ({ transfers, seconds, rate: transfers / seconds, cpu })).sort((a, b) => a.transfers - b.transfers);
  if (drains.length === 0) throw new Failure("drain's README has no result of the form that its report prints");
  return drains;
}

/** @returns {{ rate: number, seconds: number, bare: number, cpu: number, p50: number }} p50: milliseconds that were added at half of the rate */
export function readLive(text) {
  const flood = /live: (\d+) transfers\/s over (\d+) s, .* of the bare chains' (\d+)\/s .*, (\d+) microseconds of processor each/.exec(text);
  const latency = /latency: .* at half of that rate, added p50 (\d+) ms/.exec(text);
  if (!flood || !latency) throw new Failure("live's README has no result of the form that its report prints");
  const [rate, seconds, bare, cpu] = flood.slice(1).map(Number);
  return { rate, seconds, bare, cpu, p50: Number(latency[1]) };
}
