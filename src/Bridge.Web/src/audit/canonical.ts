/** JSON in its one form (RFC 8785), as src/Bridge.Core/Transparency/CanonicalJson.cs writes it. @throws Error for a number: the log writes them as decimal texts */
export function canonical(value: unknown): string {
  if (typeof value === "number") throw new Error("It holds a JSON number, which nothing in the log does.");
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = value as Record<string, unknown>;
  return `{${Object.keys(members).sort().map((name) => `${JSON.stringify(name)}:${canonical(members[name])}`).join(",")}}`;
}
