// Every process of the demo: started here, watched here, and gone when the demo is.
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "./failure.mjs";

const LAST_LINES = 25;
const STOP_SECONDS = 5;

export class Processes {
  #running = new Map();
  #stopping = false;
  #reportDeath;

  constructor(logs) {
    this.logs = logs;
    /** Rejects as soon as a process ends that nobody asked to end. */
    this.death = new Promise((_, reject) => (this.#reportDeath = reject));
    this.death.catch(() => {});
  }

  /**
   * Starts a process that is to run until it is stopped.
   * @param mayEnd whether it may end by itself: then who started it sees to that
   */
  start(name, command, args, { env = {}, cwd, mayEnd = false } = {}) {
    const child = this.#spawn(name, command, args, env, cwd);
    child.mayEnd = mayEnd;
    child.ended.then((how) => {
      if (!child.mayEnd && !this.#stopping) this.#reportDeath(new Failure(`${name} ended by itself (${how})\n${this.lastLines(name)}`));
    });
    return child;
  }

  /** Runs a command to its end. */
  async run(name, command, args, { env = {}, cwd } = {}) {
    const how = await this.#spawn(name, command, args, env, cwd).ended;
    if (how !== "exit code 0") throw new Failure(`${name} failed (${how})\n${this.lastLines(name)}`);
  }

  /** Waits until the process's output matches, and returns the match. */
  async output(name, pattern, seconds) {
    for (const until = Date.now() + seconds * 1000; Date.now() < until; await delay(50)) {
      const match = pattern.exec(readFileSync(this.logFile(name), "utf8"));
      if (match) return match;
    }
    throw new Failure(`${name} did not say ${pattern} within ${seconds} s\n${this.lastLines(name)}`);
  }

  /** Ends a process at once, without a chance to tidy up. One that has ended stays so. */
  async kill(name, how = "SIGKILL") {
    const child = this.#running.get(name);
    if (!child) return;
    child.mayEnd = true;
    signal(child, how);
    await child.ended;
  }

  /** SIGSTOP lets a process freeze, SIGCONT lets it go on. */
  signal(name, how) {
    const child = this.#running.get(name);
    if (child) signal(child, how);
  }

  isRunning(name) {
    return this.#running.has(name);
  }

  /** Undefined when it does not run. */
  pid(name) {
    return this.#running.get(name)?.process.pid;
  }

  /** The processes that run now, and their ids. */
  get running() {
    return [...this.#running].map(([name, { process: child }]) => ({ name, pid: child.pid }));
  }

  async stopAll() {
    this.#stopping = true;
    const children = [...this.#running.values()];
    for (const child of children) {
      signal(child, "SIGCONT"); // A frozen one would not hear that it is to end.
      signal(child, "SIGTERM");
    }
    const patience = setTimeout(() => children.forEach((child) => signal(child, "SIGKILL")), STOP_SECONDS * 1000);
    await Promise.all(children.map((child) => child.ended));
    clearTimeout(patience);
  }

  logFile(name) {
    return join(this.logs, `${name.replaceAll(" ", "-")}.log`);
  }

  lastLines(name) {
    return readFileSync(this.logFile(name), "utf8").trimEnd().split("\n").slice(-LAST_LINES).map((line) => `  | ${line.slice(0, 600)}`).join("\n");
  }

  #spawn(name, command, args, env, cwd) {
    if (this.#stopping) throw new Failure(`${name} was not started: everything is ending`);
    const log = openSync(this.logFile(name), "a");
    // In a group of its own, so that only we end it; and ended by the kernel, should we be killed outright.
    const child = spawn("setpriv", ["--pdeathsig", "KILL", command, ...args], { cwd, env: { ...process.env, ...env }, stdio: ["ignore", log, log], detached: true });
    closeSync(log);
    const entry = { process: child, mayEnd: false };
    entry.ended = new Promise((resolve) => {
      child.on("error", (error) => resolve(error.message));
      child.on("exit", (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
    }).finally(() => {
      entry.hasEnded = true;
      if (this.#running.get(name) === entry) this.#running.delete(name);
    });
    this.#running.set(name, entry);
    return entry;
  }
}

/** Reaches what the process started, too. */
function signal({ process: { pid } }, name) {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error; // It has ended, and nobody has told us yet.
  }
}
