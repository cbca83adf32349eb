// RESULTS.md as a section for each bench.

/** Those with a target, in the order of the sections. */
export const NAMES = ["gas", "certify", "keccak", "recover", "sign", "ingest", "live", "drain", "validator", "startup", "history", "api", "growth", "replay", "demo", "scale"];

const HEAD = `# Results

Written by \`ops/bench results\`, which runs each bench in full. How each measures, and what its figures say, is in \`ops/bench.d/NAME/README.md\`, or in \`ops/README.md\`.
Rates of different runs and machines do not compare; ratios within a run do. A missed target is a result.
`;

/** @returns the text of each section, by its bench */
export function read(markdown) {
  return new Map(markdown.split(/^## /m).slice(1).map((section) => [section.slice(0, section.indexOf("\n")), section.slice(section.indexOf("\n")).trim()]));
}

export function write(sections) {
  const names = [...NAMES.filter((name) => sections.has(name)), ...[...sections.keys()].filter((name) => !NAMES.includes(name)).sort()];
  return [HEAD, ...names.map((name) => `\n## ${name}\n\n${sections.get(name)}\n`)].join("");
}
