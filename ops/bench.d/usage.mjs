// What processes use, by the kernel's count.
import { readFileSync } from "node:fs";

/** Clock ticks in a second, as /proc counts: USER_HZ, which is 100 on every Linux. */
const TICKS = 100;

/** User and system time of a process in seconds, its threads included: fields 14 and 15 of proc(5)'s stat. */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resident memory of a process in bytes: VmRSS of proc(5)'s status, which counts in KiB. */
export const residentBytes = (pid) => Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
