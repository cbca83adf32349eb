const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** "14:02:03" with its date, in the reader's own time zone. */
export const when = (time: string) => DATE.format(new Date(time));

/** @param seconds of the chain, since 1970 */
export const dateOf = (seconds: bigint) => DATE.format(new Date(Number(seconds) * 1000));

/** "from …" a time on. The greatest uint64 stands for never. */
export const whenUnix = (seconds: bigint) => (seconds === 2n ** 64n - 1n ? "never" : `from ${dateOf(seconds)} on`);

/** "8 s", "3 min 5 s", "2 h 4 min", "3 d 2 h". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return pair(whole, 60, "min", 1, "s");
  if (whole < 86_400) return pair(whole, 3600, "h", 60, "min");
  return pair(whole, 86_400, "d", 3600, "h");
}

export const secondsBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;

function pair(whole: number, unit: number, name: string, small: number, smallName: string): string {
  const rest = Math.floor((whole % unit) / small);
  return rest > 0 ? `${Math.floor(whole / unit)} ${name} ${rest} ${smallName}` : `${Math.floor(whole / unit)} ${name}`;
}
