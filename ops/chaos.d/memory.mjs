// Resident memory of our processes, so that growth shows.
import { readFileSync } from "node:fs";

/** @returns megabytes by name, of the organisations' processes that run */
export function residentMemory(processes, names) {
  const found = {};
  for (const { name, pid } of processes.running.filter((one) => names.includes(one.name))) {
    try {
      // setpriv becomes the program that it starts, so the id is the program's own.
      const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
      if (kilobytes) found[name] = Math.round(kilobytes / 1024);
    } catch (error) {
      if (error.code !== "ENOENT") throw error; // It ended just now.
    }
  }
  return found;
}
