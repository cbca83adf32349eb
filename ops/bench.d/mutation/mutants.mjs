// Small changes to Solidity source, each of which a test should notice.
const OPERATORS = [
  [" == ", " != "], [" != ", " == "], [" < ", " <= "], [" <= ", " < "], [" > ", " >= "], [" >= ", " > "],
  [" + ", " - "], [" - ", " + "], [" * ", " / "], [" && ", " || "], [" || ", " && "], [" << ", " >> "], [" >> ", " << "],
  [" += ", " -= "], [" / ", " * "], ["or(", "and("], ["and(", "or("], ["gt(", "lt("], ["lt(", "gt("], ["xor(", "and("],
];
const MODIFIERS = [" restricted", " nonReentrant", " onlyBridge"];

/** Every mutant of a source: on which line, what changes, and what the line was and is then. */
export function mutantsOf(source) {
  return source.split("\n").flatMap((before, i) => (isCode(before) ? changesOf(before) : []).map((change) => ({ line: i + 1, before, ...change })));
}

/** A source with mutants of it, each on a line of its own. */
export function changed(source, mutants) {
  const lines = source.split("\n");
  for (const { line, text } of mutants) lines[line - 1] = text;
  return lines.join("\n");
}

const isCode = (line) => !/^\s*(\/\/|\*|\/\*|import |pragma |error |event |using |type )/.test(line) && line.trim() !== "";

function changesOf(line) {
  const code = line.replace(/\/\/.*$/, "");
  const changes = [];
  for (const [from, to] of OPERATORS) {
    for (let at = code.indexOf(from); at >= 0; at = code.indexOf(from, at + 1)) {
      if (isWordBefore(code, at, from)) continue;
      changes.push({ what: `${from.trim()} becomes ${to.trim()}`, text: line.slice(0, at) + to + line.slice(at + from.length) });
    }
  }
  for (const modifier of MODIFIERS) {
    if (code.includes(modifier)) changes.push({ what: `without${modifier}`, text: line.replace(modifier, "") });
  }
  if (/^\s*if \(.*\) revert .*;$/.test(code)) changes.push({ what: "without the check", text: "" });
  if (/^\s*(_\w+\(.*\)|delete .*|[\w.[\]()]+ = .*|emit .*);$/.test(code)) changes.push({ what: "without the statement", text: "" });
  return changes;
}

/** "xor(" is not "or(". */
const isWordBefore = (code, at, from) => from.endsWith("(") && /\w/.test(code[at - 1] ?? "");

/** A reproducible choice of at most n (mulberry32). */
export function sample(list, n, seed) {
  const pool = [...list];
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let i = pool.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  return pool.slice(0, n);
}
