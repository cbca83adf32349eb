// Machines that treat a process badly: no files left to open, nowhere to write logs, clocks that are wrong, and upgrades.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { APIS, EXECUTORS, RELAYERS, VALIDATORS } from "../organisations.mjs";

const NODES = [...VALIDATORS, ...RELAYERS, ...EXECUTORS];

/** The process runs for a while in other surroundings. */
const runsUnder = (id, under, { targets = NODES, milliseconds = [3000, 6000] } = {}) => ({
  id, targets, milliseconds, recovers: "process",
  async inject(world, fault) {
    const surroundings = under();
    await world.processes.kill(fault.target);
    world.organisations.restart(fault.target, surroundings);
    await delay(fault.milliseconds);
    await world.processes.kill(fault.target);
    return () => world.organisations.restart(fault.target);
  },
});

/** The monotonic clock stays true, as it does where somebody sets the time. */
const clock = (time) => () => ({ env: { LD_PRELOAD: faketime(), FAKETIME: time, DONT_FAKE_MONOTONIC: "1", FAKETIME_NO_CACHE: "1" } });

const faketime = () => {
  const found = readdirSync("/usr/lib").map((one) => `/usr/lib/${one}/faketime/libfaketimeMT.so.1`).find((file) => existsSync(file));
  if (!found) throw new Error("libfaketime is missing: apt-get install --no-install-recommends libfaketime");
  return found;
};

const openFiles = (pid) => readdirSync(`/proc/${pid}/fd`).length;
const limitFiles = (pid, most) => execFileSync("prlimit", ["--pid", String(pid), `--nofile=${most}:`]);

export const hostKinds = [
  runsUnder("F76 a clock two hours ahead", clock("+2h")),
  runsUnder("F76 a clock ten minutes behind", clock("-10m")),
  runsUnder("F76 a clock that runs ten times too fast", clock("+0 x10")),
  runsUnder("F79 nowhere to write logs", () => ({ words: ["sh", "-c", 'exec "$@" >/dev/full 2>&1', "sh"] }), { targets: [...NODES, ...APIS] }),
  {
    id: "F79 no more files can be opened", targets: [...NODES, ...APIS], milliseconds: [2000, 5000], recovers: "process",
    async inject(world, { target, milliseconds }) {
      const pid = world.processes.pid(target);
      if (pid) limitFiles(pid, openFiles(pid));
      await delay(milliseconds);
      return () => {
        if (world.processes.pid(target) === pid && pid) limitFiles(pid, 4096);
        else world.organisations.restart(target);
      };
    },
  },
  {
    id: "F27 a process told to stop, and started again", targets: [...NODES, ...APIS], milliseconds: [0, 1000], recovers: "process",
    async inject(world, { target, milliseconds }) {
      await world.processes.kill(target, "SIGTERM");
      await delay(milliseconds);
      return () => world.organisations.restart(target);
    },
  },
];
