// Starts a run, and ends it in every case. ops/chaos calls it under ops/with-services, which brings the packages and Foundry's programs.
import { mkdirSync, mkdtempSync, chmodSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Failure } from "../demo.d/failure.mjs";
import { Note } from "../demo.d/note.mjs";
import { Processes } from "../demo.d/processes.mjs";
import { GUARDS, withoutGuard } from "./breaks.mjs";
import { chaos } from "./chaos.mjs";
import { Timeline } from "./timeline.mjs";
import { World } from "./world.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const number = (fallback) => ({ type: "string", default: String(fallback) });

async function main() {
  const { values } = parseArgs({ options: { seed: number(1), faults: number(60), messages: number(600), minutes: number(0), kinds: { type: "string", default: "" }, out: { type: "string" }, break: { type: "string" }, "list-guards": { type: "boolean", default: false } } });
  if (values["list-guards"]) return listGuards();
  const guard = values.break === undefined ? undefined : GUARDS[values.break];
  if (values.break !== undefined && !guard) {
    console.error(`chaos: there is no guard ${values.break}; --list-guards names them`);
    return 2;
  }
  const faults = Number(values.faults);
  const options = {
    seed: Number(values.seed), faults, messages: Number(values.messages), inFlight: 250,
    kinds: values.kinds ? values.kinds.split(",").filter(Boolean) : (guard?.kinds ?? []),
    every: Number(values.minutes) > 0 ? (Number(values.minutes) * 60_000) / Math.max(faults, 1) : 1800,
  };
  const signalled = new Promise((resolve) => Object.entries(SIGNALS).forEach(([name, code]) => process.on(name, () => resolve(code))));
  const folder = mkdtempSync(join(tmpdir(), "bridge-chaos."));
  chmodSync(folder, 0o711); // The servers' users pass through to their own folders.
  const logs = join(folder, "logs");
  mkdirSync(logs);
  const timeline = new Timeline(values.out ?? join(folder, "timeline.jsonl"), options);
  const processes = new Processes(logs);
  const note = new Note();
  const world = new World(guard ? withoutGuard(values.break, ROOT, folder) : ROOT, folder, processes, note);
  const code = await Promise.race([chaos(world, options, timeline), processes.death, signalled]).catch((error) => {
    note.keep();
    console.error(`chaos: ${error instanceof Failure ? error.message : error.stack}`);
    return 1;
  });
  world.ending = true;
  world.close();
  await processes.stopAll();
  if (code === 1) console.error(`chaos: the logs are in ${logs}`);
  else rmSync(folder, { recursive: true, force: true });
  return code;
}

function listGuards() {
  for (const [name, { what, law }] of Object.entries(GUARDS)) console.log(`${name.padEnd(26)} ${law.padEnd(12)} without it, ${what}`);
  return 0;
}

process.exit(await main());
