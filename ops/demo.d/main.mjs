// Starts the demo, and ends it in every case: its result, a failure, a signal, or a process that died.
// ops/demo calls it under ops/with-services, which brings PostgreSQL, RabbitMQ and Foundry's programs.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demo } from "./demo.mjs";
import { Failure } from "./failure.mjs";
import { Note } from "./note.mjs";
import { Processes } from "./processes.mjs";

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** @returns the exit code */
async function main(options) {
  const signalled = new Promise((resolve) => Object.entries(SIGNALS).forEach(([name, code]) => process.on(name, () => resolve(code))));
  const folder = mkdtempSync(join(tmpdir(), "bridge-demo."));
  const logs = join(folder, "logs");
  mkdirSync(logs);
  const processes = new Processes(logs);
  const note = new Note();
  const code = await Promise.race([demo({ options, folder, processes, note }), processes.death, signalled]).catch((error) => {
    note.keep();
    console.error(`demo: ${error instanceof Failure ? error.message : error.stack}`);
    return 1;
  });
  note.keep();
  await processes.stopAll();
  if (code === 1) console.error(`demo: the logs are in ${logs}`);
  else rmSync(folder, { recursive: true });
  return code;
}

const [transfers, after] = process.argv.slice(2);
// Exits outright: something may still be waiting for a chain that is gone.
process.exit(await main({ transfers: Number(transfers), stay: after === "stay" }));
