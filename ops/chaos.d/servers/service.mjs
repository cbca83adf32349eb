// Servers refuse to run as root, or have no need of it: they run as the users that their packages made.
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { promisify } from "node:util";

export const isRoot = process.getuid() === 0;

/** The words before a command that make it run as a service's user. */
export const asUser = (user) => (isRoot ? ["setpriv", "--reuid", user, "--regid", user, "--init-groups"] : []);

/** A folder that belongs to the service's user. */
export function serviceFolder(user, folder) {
  mkdirSync(folder, { mode: 0o700 });
  if (isRoot) execFileSync("chown", [`${user}:`, folder]);
  return folder;
}

/** Runs a command as the user, to its end. @returns its output */
export async function runAs(user, words, options = {}) {
  const [program, ...args] = [...asUser(user), ...words];
  return (await promisify(execFile)(program, args, { ...options, maxBuffer: 1 << 26 })).stdout;
}
