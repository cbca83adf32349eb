/** Lines a table up: the first column to the left, the others to the right; a blank line before each heading but the first. */
export function table(sections) {
  return sections.map(({ head, rows }) => {
    const cells = [head, ...rows].map((row) => row.map(String));
    const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
    return cells.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("   ").trimEnd()).join("\n");
  }).join("\n\n");
}
