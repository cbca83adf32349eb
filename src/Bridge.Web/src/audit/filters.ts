/** What an export can be narrowed by, as /v1/audit/exports knows it: its name, what a person calls it, and an example or the choices. */
export const FILTERS: { name: string; label: string; example?: string; choices?: string[] }[] = [
  { name: "account", label: "Sender or recipient", example: "0x…" },
  { name: "sender", label: "Sender", example: "0x…" },
  { name: "recipient", label: "Recipient", example: "0x…" },
  { name: "source", label: "From chain", example: "1" },
  { name: "destination", label: "To chain", example: "10" },
  { name: "asset", label: "Asset", example: "1" },
  { name: "status", label: "Status", choices: ["PENDING", "HELD", "ACTION_REQUIRED", "DONE", "REFUNDED", "FAILED"] },
  { name: "holdReason", label: "Held because", choices: ["HELD", "EFFECT_FAILED"] },
  { name: "validator", label: "Signed by", example: "0x…" },
  { name: "executor", label: "Delivered by", example: "0x…" },
  { name: "minAmount", label: "Base units, at least", example: "1000000" },
  { name: "txHash", label: "Transaction on either chain", example: "0x…" },
  { name: "from", label: "First seen from", example: "2026-01-02T03:04:05Z" },
  { name: "to", label: "First seen before", example: "2026-01-02T03:04:05Z" },
];

/** What a person filled in, without what they left empty. */
export const filledIn = (typed: Record<string, string>) =>
  Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value.trim()] as const).filter(([, value]) => value !== ""));
