import { chainName } from "../../api/deployment.ts";
import type { ValidatorSet } from "../../api/standing.ts";
import { missingFrom, seats, type Seat } from "../../operator/standing.ts";
import { DataTable, type Shown } from "../../ui/DataTable.tsx";
import { Notice, Time, Word } from "../../ui/parts.tsx";

const WHERE: Shown<Seat> = ["Signs for", ({ chain }) => chainName(chain)];
const WHO: Shown<Seat> = ["Validator", ({ validator }) => <><a href={`/operator?validator=${validator}`}>Look at it</a> <Word value={validator} label="validator" /></>];
const DONE: Shown<Seat>[] = [
  ["Seat", ({ index, members, epoch, threshold }) => <>{index} of {members} <span class="hint">set {epoch}, {threshold} needed</span></>],
  ["Signed", ({ signed }) => signed],
  ["Missed", ({ missed }) => <span class={missed > 0 ? "missed" : undefined}>{missed}</span>],
  ["Share", ({ share }) => (share === undefined ? "nothing to sign" : `${(share * 100).toFixed(1)} %`)],
  ["Last signed", ({ lastSignedAt }) => (lastSignedAt ? <Time at={lastSignedAt} /> : "–")],
  ["Standing", ({ excluded }) => <span class={`badge ${excluded ? "bad" : "good"}`}>{excluded ? "excluded" : "counts"}</span>],
];

/** Where validators sit and how they signed in the last day: one of them, or all. */
export function Seats({ sets, validator }: { sets: ValidatorSet[]; validator: string }) {
  const shown = seats(sets, validator);
  const missing = validator === "" ? [] : missingFrom(sets, validator);
  return (
    <section aria-labelledby="node">
      <h2 id="node">{validator === "" ? "Validators" : "My node"}</h2>
      {validator !== "" && <p>Validator <Word value={validator} label="validator" /> · <a href="/operator">all validators</a></p>}
      {shown.some(({ excluded }) => excluded) && <Notice tone="bad">{validator === "" ? "A validator" : "It"} was caught signing something false and counts no more. Its key has to be rotated out: two signatures that contradict each other are kept as evidence.</Notice>}
      {missing.length > 0 && <Notice tone="warn">It is in no set in force of {missing.map(chainName).join(", ")}: what it signs for there does not count.</Notice>}
      {shown.length > 0 && <DataTable label={validator === "" ? "Validators" : "My node"} columns={validator === "" ? [WHERE, WHO, ...DONE] : [WHERE, ...DONE]} rows={shown} id={({ chain, index }) => `${chain} ${index}`} />}
      {sets.length === 0 && <p role="status">No validator set has been read yet.</p>}
      <p class="hint">Of the checkpoints that were certified in the last day: those that carry the signature, and those that were certified without it.</p>
    </section>
  );
}
