// What ours and the peers' deliveries cost on the same kind of chain; README.md says how it is measured.
// ops/bench calls it, which has installed what it needs.
import { withAnvil } from "../../../contracts/script/gas/anvil.mjs";
import { CHAIN } from "../../../contracts/script/gas/world.mjs";
import { table } from "../../demo.d/table.mjs";
import { measureOurs } from "./ours.mjs";
import { TARGETS, judge } from "./targets.mjs";

const COLUMNS = ["n", "warm", "fresh", "send", "transactions", "dataBytes"];

async function measurePeers() {
  // Not before it is wanted: it reads packages that need not be installed otherwise.
  const peers = await import("./peers/main.mjs");
  return withAnvil(CHAIN, (rpc) => peers.measurePeers(rpc, (reason) => {
    console.error(reason);
    process.exitCode = 1; // a table with a hole in it is no success
  }));
}

const section = (title, rows) => ({
  head: [title, ...COLUMNS], rows: rows.map((row) => [row.system, ...COLUMNS.map((column) => row[column] ?? "-")]),
});

function verdicts(rows) {
  const lines = judge(rows, TARGETS).map(({ system, n, column, target, measured, met, by }) => {
    const verdict = `${met ? "met" : "missed"} by ${by} (${((100 * by) / target).toFixed(1)} %)`;
    return [system, n, column, target, measured, verdict];
  });
  return { head: ["target", "n", "of", "at most", "measured", ""], rows: lines };
}

function print(ours, peers) {
  const sections = [section("ours, per transfer", ours), verdicts(ours)];
  if (peers.length > 0) sections.push(section("peers, per transfer", peers));
  console.log(table(sections));
}

// So that no anvil outlives what started it.
for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
const ours = await measureOurs();
const peers = process.argv.includes("--no-peers") ? [] : await measurePeers();
if (process.argv.includes("--json")) console.log(`[\n${[...ours, ...peers].map((row) => JSON.stringify(row)).join(",\n")}\n]`);
else print(ours, peers);
