// The way into a bench that starts processes, and the way out: they stop, whatever happens.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../demo.d/failure.mjs";
import { Processes } from "../demo.d/processes.mjs";
import { publish } from "../demo.d/publish.mjs";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @returns the folder of the programs as an operator runs them */
export const publishFor = ({ processes, root, folder, tell }) => publish(processes, root, folder, { say: tell });

/**
 * Runs a bench as its bench.sh calls it, with the scratch folder, an amount and --json, and fails as soon as a process ends that nobody asked
 * to end; what fails for a reason that is told is told in a line.
 * @param name of its folder for logs and files
 */
export async function running(name, bench) {
  const [scratch, amount, ...flags] = process.argv.slice(2);
  const folder = join(scratch, name);
  mkdirSync(folder);
  const processes = new Processes(folder);
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) process.once(signal, () => processes.stopAll().then(() => process.exit(1)));
  try {
    await Promise.race([bench({ root: ROOT, folder, processes, amount: Number(amount), json: flags.includes("--json"), tell: (text) => console.error(text) }), processes.death]);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    await processes.stopAll();
  }
}
