// What processes use, by the kernel's count.
import { readFileSync } from "node:fs";

/** Clock ticks in a second, as /proc counts: USER_HZ, which is 100 on every Linux. */
const TICKS = 100;

/** User and system time of a process in seconds, its threads included: fields 14 and 15 of proc(5)'s stat. */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resident memory of a process now, in KiB; 0 when it has ended. */
export const resident = (pid) => status(pid, "VmRSS");

/** The most that it had, in KiB; 0 when it has ended. */
export const peak = (pid) => status(pid, "VmHWM");

function status(pid, field) {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ESRCH") return 0; // It has just ended.
    throw error;
  }
}
