import { chainName } from "../../api/deployment.ts";
import { duration } from "../../format/time.ts";
import type { LaneStanding } from "../../operator/standing.ts";
import { DataTable, type Shown } from "../../ui/DataTable.tsx";
import { Time } from "../../ui/parts.tsx";

const COLUMNS: Shown<LaneStanding>[] = [
  ["Lane", ({ lane: { source, destination, lane } }) => <>{chainName(source)} → {chainName(destination)} <span class="hint">{lane}</span></>],
  ["Condition", ({ lane: { state, reason }, incident, wayOut }) => (
    <>
      <span class={`badge ${state === "open" ? "good" : "bad"}`}>{state}</span>
      {incident && <> <code>{incident.code}</code> since <Time at={incident.since} /></>}
      {reason && <p>{reason}</p>}
      {wayOut && <p><strong>Way out:</strong> {wayOut}</p>}
    </>
  )],
  ["In flight", ({ stats }) => stats?.underway ?? "–"],
  ["Sent, arrived", ({ stats }) => (stats ? `${stats.sent}, ${stats.delivered}` : "–")],
  ["Time to arrive", ({ lane: { eta } }) => (eta ? `${duration(eta.p50Seconds)} to ${duration(eta.p95Seconds)}` : "nothing has arrived yet")],
];

/** What is on its way, what stands still, and how it goes on. */
export const Lanes = ({ standings }: { standings: LaneStanding[] }) => (
  <section aria-labelledby="lanes">
    <h2 id="lanes">Lanes</h2>
    <DataTable label="Lanes" columns={COLUMNS} rows={standings} id={({ lane }) => lane.lane} />
  </section>
);
