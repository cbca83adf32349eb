import type { ComponentChildren } from "preact";

/** A heading, and what stands below it; on a phone beside it. */
export type Shown<T> = [name: string, show: (row: T) => ComponentChildren];

/** A table on a desk, cards with the headings inside on a phone. */
export function DataTable<T>({ label, columns, rows, id }: { label: string; columns: Shown<T>[]; rows: T[]; id: (row: T) => string }) {
  return (
    <table class="data" aria-label={label}>
      <thead><tr>{columns.map(([name]) => <th key={name} scope="col">{name}</th>)}</tr></thead>
      <tbody>{rows.map((row) => <tr key={id(row)}>{columns.map(([name, show]) => <td key={name} data-name={name}><div>{show(row)}</div></td>)}</tr>)}</tbody>
    </table>
  );
}
