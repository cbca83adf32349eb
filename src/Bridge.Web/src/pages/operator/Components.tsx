import { chainName } from "../../api/deployment.ts";
import type { ChainStatus, Part, Status } from "../../api/standing.ts";
import { duration } from "../../format/time.ts";
import { DataTable, type Shown } from "../../ui/DataTable.tsx";
import { Time } from "../../ui/parts.tsx";

const PARTS: Shown<Part>[] = [
  ["Component", ({ component }) => component],
  ["Condition", ({ state }) => <span class={`badge ${state === "ok" ? "good" : "bad"}`}>{state === "ok" ? "works" : "stands still"}</span>],
  ["Last sign of life", ({ beatenAt }) => <Time at={beatenAt} />],
];

const CHAINS: Shown<ChainStatus>[] = [
  ["Chain", ({ chain }) => chainName(chain)],
  ["Condition", ({ state, reason }) => <><span class={`badge ${state === "up" ? "good" : "warn"}`}>{state}</span> {reason && <span class="hint">{reason}</span>}</>],
  ["Newest block", ({ head }) => <>{head.latest} <span class="hint">{duration(head.lagSeconds)} old</span></>],
  ["Read up to", ({ head }) => head.indexedTo ?? "–"],
  ["Endpoints that answer", ({ endpoints }) => `${endpoints.ok} of ${endpoints.total}`],
];

/** The parts of this relayer, those that do not work in sight, and the chains as they see them. */
export function Components({ status: { components, chains } }: { status: Status }) {
  const [well, bad] = [components.filter(({ state }) => state === "ok"), components.filter(({ state }) => state !== "ok")];
  return (
    <section aria-labelledby="components">
      <h2 id="components">Components</h2>
      {bad.length > 0 && <DataTable label="Components that stand still" columns={PARTS} rows={bad} id={({ component }) => component} />}
      {bad.length > 0 && <p class="hint"><a href="/status">Status</a> says why.</p>}
      <details>
        <summary>{well.length} components work</summary>
        <DataTable label="Components that work" columns={PARTS} rows={well} id={({ component }) => component} />
      </details>
      <h3>Chains</h3>
      <DataTable label="Chains" columns={CHAINS} rows={chains} id={({ chain }) => chain} />
    </section>
  );
}
