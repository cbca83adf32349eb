// What a drain measured, beside its targets. Pure.
const RATE = 5_000;
const SHARE = 0.3;
const CPU = 60;

/** @returns a line, or one JSON object */
export function report({ transfers, bound, seconds, rate, cpu, doubled }, json) {
  const share = rate / bound;
  const met = { rate: rate >= RATE, share: share >= SHARE, cpu: cpu <= CPU };
  if (json) {
    return JSON.stringify({
      transfers, seconds: Number(seconds.toFixed(1)), transfersPerSecond: Math.round(rate), barePerSecond: Math.round(bound), ratio: Number(share.toFixed(3)),
      cpuMicroseconds: Math.round(cpu), doubled, targets: { transfersPerSecond: RATE, ratio: SHARE, cpuMicroseconds: CPU }, met,
    });
  }
  const say = (isMet) => (isMet ? "met" : "missed");
  return `drain: ${transfers} transfers in ${seconds.toFixed(1)} s, ${Math.round(rate)} transfers/s (target ${RATE}: ${say(met.rate)}), `
    + `${share.toFixed(2)} of bare delivery at ${Math.round(bound)}/s (target ${SHARE}: ${say(met.share)}), `
    + `${Math.round(cpu)} microseconds of processor each (target ${CPU}: ${say(met.cpu)}), ${doubled} doubled`;
}
