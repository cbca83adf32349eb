// What was measured, beside its targets. Pure.
import { quantile } from "../../demo.d/quantile.mjs";

const TARGETS = { ratio: 0.8, p50: 25, p99: 100, lone: 250, attester: 80, executor: 120, all: 600, growth: 1 };

/** @returns lines, or one JSON object */
export function report({ seconds, bound, rate, cpu, latency, lone, memory, revived, lost, doubled }, json) {
  const figures = {
    ratio: rate / bound, p50: quantile(latency, 0.5), p99: quantile(latency, 0.99), lone: Math.max(...lone),
    attester: memory.attester, executor: memory.executor, all: memory.all, growth: memory.growth,
  };
  const met = Object.fromEntries(Object.entries(TARGETS).map(([name, target]) => [name, name === "ratio" ? figures[name] >= target : figures[name] <= target]));
  if (json) {
    const rounded = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(name === "ratio" || name === "growth" ? 3 : 0))]));
    return JSON.stringify({ seconds, transfersPerSecond: Math.round(rate), barePerSecond: Math.round(bound), cpuMicroseconds: Math.round(cpu), ...rounded, grower: memory.grower, revived, lost, doubled, targets: TARGETS, met });
  }
  const say = (name, text) => `${text} (target ${TARGETS[name]}: ${met[name] ? "met" : "missed"})`;
  return [
    `live: ${Math.round(rate)} transfers/s over ${seconds} s, ${say("ratio", `${figures.ratio.toFixed(2)} of the bare chains' ${Math.round(bound)}/s`)}, ${Math.round(cpu)} microseconds of processor each, ${lost} lost, ${doubled} doubled${revived > 0 ? `; ${revived} times a node put an account's next transaction aside until it was sent again` : ""}`,
    `latency: ${latency.length} transfers at half of that rate, added ${say("p50", `p50 ${figures.p50.toFixed(0)} ms`)}, ${say("p99", `p99 ${figures.p99.toFixed(0)} ms`)}; ${lone.length} that travel alone at most ${say("lone", `${figures.lone.toFixed(0)} ms`)}`,
    `memory: attester ${say("attester", `${figures.attester.toFixed(0)} MB`)}, executor ${say("executor", `${figures.executor.toFixed(0)} MB`)}, all of ours ${say("all", `${figures.all.toFixed(0)} MB`)}, growing by ${say("growth", `${figures.growth.toFixed(1)} MB a minute`)}, ${memory.grower.name} most of all, by ${memory.grower.growth.toFixed(1)}`,
  ].join("\n");
}
