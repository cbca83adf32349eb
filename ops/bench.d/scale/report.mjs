// What was found, as text or as one JSON object. Pure.
const MICRO = 1e6;

/** @param found { perMessage, fitted, costs, checks, rows }; a row: { rate, chains, first, next, stations, mined, sustained, p50, busiest }, where p50 is null if what waits grows */
export function report(found, json) {
  return json ? JSON.stringify(found) : [...costLines(found), "", ...checkLines(found.checks), "", ...table(found.rows), "", overflowing(found.rows.at(-1))].join("\n");
}

function costLines({ perMessage: { ours, rest }, fitted, costs: { validator, relayer, node } }) {
  const micro = (seconds) => Math.round(seconds * MICRO);
  const sum = (part, what) => micro(Object.values(part).reduce((total, step) => total + step[what], 0));
  return [
    `fit: a drain of ${fitted.transfers} in ${fitted.seconds} s with ${fitted.cpu} microseconds each is ${micro(ours)} microseconds of our programs for each message beside their starts, and ${micro(rest)} of all else`,
    `of which a validator's programs ${sum(validator, "programs")}, its database ${sum(validator, "database")}; the relayer's programs ${sum(relayer, "programs")}, its database ${sum(relayer, "database")}; chains, broker and the bench ${micro(node.deliver)}`,
  ];
}

const checkLines = (checks) => checks.map(({ what, unit, measured, modelled, ratio, least, most, met }) =>
  `check: ${what}: ${modelled.toFixed(0)} ${unit}, measured ${measured.toFixed(0)}: ${ratio.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)}), ${met ? "within 20 %" : "not within 20 %"}`);

function overflowing({ rate, chains, stations }) {
  const full = stations.filter(({ takes }) => takes !== null).sort((a, b) => b.utilisation - a.utilisation);
  return `${rate} transfers/s with ${chains} chains would take ${full.map(({ station, takes, utilisation }) => `${station} ${takes} (${utilisation.toFixed(2)})`).join(", ")}`;
}

const COLUMNS = ["transfers/s", "chains", "full first", "used", "would take", "next", "used", "would take", "carried/s", "p50 over finality", "longest in steps"];
const IS_TEXT = new Set([2, 4, 5, 7, 10]);

function table(rows) {
  const lines = [COLUMNS, ...rows.map(({ rate, chains, first, next, sustained, p50, busiest }) => [
    `${rate}`, `${chains}`, ...stationCells(first), ...stationCells(next), `${Math.round(sustained)}`, p50 === null ? "grows" : `${p50.toFixed(2)} s`,
    `${busiest.name} ${Math.round(busiest.share * 100)} %`,
  ])];
  const widths = COLUMNS.map((_, i) => Math.max(...lines.map((cells) => cells[i].length)));
  return lines.map((cells) => cells.map((cell, i) => (IS_TEXT.has(i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ").trimEnd());
}

const stationCells = ({ station, utilisation, takes }) => [station, utilisation.toFixed(2), takes ?? "as it is"];
