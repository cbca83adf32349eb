import { chainName } from "../../api/deployment.ts";
import type { ChainStatus, Part, Status } from "../../api/standing.ts";
import { byCondition } from "../../operator/standing.ts";
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

/** The parts of this relayer, those that do not work first, and the chains as they see them. */
export const Components = ({ status: { components, chains } }: { status: Status }) => (
  <section aria-labelledby="components">
    <h2 id="components">Components</h2>
    <DataTable label="Components" columns={PARTS} rows={byCondition(components)} id={({ component }) => component} />
    <p class="hint">Why one stands still, only its operator may read: bridge status.</p>
    <h2>Chains</h2>
    <DataTable label="Chains" columns={CHAINS} rows={chains} id={({ chain }) => chain} />
  </section>
);
