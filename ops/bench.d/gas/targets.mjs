// What we promise, per transfer: at most that much.
export const TARGETS = [
  { system: "ours, mint", n: 1, warm: 78_000, fresh: 95_000 },
  { system: "ours, mint", n: 10, warm: 15_200, fresh: 32_400 },
  { system: "ours, mint", n: 100, warm: 8_900, fresh: 26_000, dataBytes: 34 },
  { system: "ours, mint", n: 250, warm: 8_500, fresh: 25_600 },
  { system: "ours, mint, least fee", n: 100, dataBytes: 34 },
  { system: "ours, call", n: 1, warm: 62_000 },
  { system: "ours, call", n: 100, warm: 4_800 },
  { system: "ours, lock", n: 1, send: 60_000 },
  { system: "ours, burn", n: 1, send: 55_000 },
  { system: "ours, lock, outbound limit", n: 1, send: 65_000 },
  { system: "ours, burn, outbound limit", n: 1, send: 60_000 },
];

/** @returns for each target what was measured, whether that is within it, and how far away from it */
export function judge(rows, targets) {
  return targets.flatMap(({ system, n, ...columns }) => {
    const row = rows.find((candidate) => candidate.system === system && candidate.n === n);
    return Object.entries(columns).map(([column, target]) => {
      const measured = row?.[column];
      // A target that nothing is held against would look as good as one that is met.
      if (!Number.isFinite(measured)) throw new Error(`nothing was measured for ${system}, ${n}, ${column}`);
      return { system, n, column, target, measured, met: measured <= target, by: Number(Math.abs(measured - target).toFixed(1)) };
    });
  });
}
