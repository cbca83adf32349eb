#!/usr/bin/env node
// What a delivery costs on other bridges, by the receipts of real transactions of the code that they publish; README.md says how. Of these
// peers none had to be left out. --json for machines.
import { fileURLToPath } from "node:url";
import { Chain } from "./chain.mjs";
import { withAnvil } from "./anvil.mjs";
import * as plain from "./plain.mjs";
import * as across from "./across.mjs";
import * as hyperlane from "./hyperlane.mjs";
import * as stargate from "./stargate.mjs";
import * as layerzero from "./layerzero.mjs";
import * as axelar from "./axelar.mjs";
import * as ccip from "./ccip.mjs";

const PEERS = { plain, across, hyperlane, stargate, layerzero, axelar, ccip };
const CHAIN = 918_002;

/** @returns rows of every peer that could be measured; of the others log says why not */
export async function measurePeers(rpc, log = () => {}) {
  const rows = [];
  for (const [name, { measure }] of Object.entries(PEERS)) {
    try {
      rows.push(...await measure(await Chain.connect(rpc)));
    } catch (error) {
      log(`${name}: left out: ${error.message}`);
    }
  }
  return rows;
}

function print(rows) {
  const columns = ["n", "warm", "fresh", "send", "transactions", "dataBytes"];
  const width = Math.max(...rows.map(({ system }) => system.length));
  const line = (system, cells) => console.log(system.padEnd(width) + cells.map((cell) => String(cell ?? "-").padStart(13)).join(""));
  line("per transfer", columns);
  for (const row of rows) line(row.system, columns.map((column) => row[column]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // So that anvil does not outlive what started it.
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  const rows = await withAnvil(CHAIN, (rpc) => measurePeers(rpc, console.error));
  if (process.argv.includes("--json")) console.log(JSON.stringify(rows, null, 2));
  else print(rows);
}
