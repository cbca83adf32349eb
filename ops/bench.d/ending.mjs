// The way out of a bench that starts processes: they stop, whatever happens.
import { Failure } from "../demo.d/failure.mjs";

/** Runs `bench`, and fails as soon as a process ends that nobody asked to end; what fails for a reason that is told is told in a line. */
export async function endingAll(processes, bench) {
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) process.once(signal, () => processes.stopAll().then(() => process.exit(1)));
  try {
    await Promise.race([bench(), processes.death]);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    await processes.stopAll();
  }
}
