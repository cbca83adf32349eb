// Finds which of many mutants a slow judge notices. Most that come here change nothing, so one judgement of all at once is usually enough.

/**
 * @param mutants each with a file and a line
 * @param judge what the tests say of several at once: "survived" if they notice none
 * @param report called with each mutant and its verdict
 */
export function confirm(mutants, judge, report) {
  for (const group of apart(mutants)) settle(group, judge, report);
}

function settle(group, judge, report) {
  const verdict = judge(group);
  if (verdict === "survived" || group.length === 1) return group.forEach((mutant) => report(mutant, verdict));
  const half = group.length >> 1;
  settle(group.slice(0, half), judge, report);
  settle(group.slice(half), judge, report);
}

/** Groups in which no two change the same line. */
export function apart(mutants) {
  const groups = [];
  for (const mutant of mutants) {
    const free = groups.find((group) => !group.some(({ file, line }) => file === mutant.file && line === mutant.line));
    if (free) free.push(mutant);
    else groups.push([mutant]);
  }
  return groups;
}
