import { chainName } from "../../api/deployment.ts";
import type { ValidatorSet } from "../../api/standing.ts";
import { short } from "../../format/short.ts";
import { missingFrom, operatorUrl, seats, type Seat } from "../../operator/standing.ts";
import { DataTable, type Shown } from "../../ui/DataTable.tsx";
import { CopyButton, Notice, Time, Word } from "../../ui/parts.tsx";

const WHERE: Shown<Seat> = ["Signs for", ({ chain }) => chainName(chain)];
const DONE: Shown<Seat>[] = [
  ["Index", ({ index, members, epoch, threshold }) => <>{index} <span class="hint">in set {epoch}: {threshold} of {members} are needed</span></>],
  ["Signed", ({ signed }) => signed],
  ["Missed", ({ missed }) => <span class={missed > 0 ? "missed" : undefined}>{missed}</span>],
  ["Share", ({ share }) => (share === undefined ? "nothing to sign" : `${(share * 100).toFixed(1)} %`)],
  ["Last signed", ({ lastSignedAt }) => (lastSignedAt ? <Time at={lastSignedAt} /> : "–")],
  ["Standing", ({ excluded }) => <span class={`badge ${excluded ? "bad" : "good"}`}>{excluded ? "excluded" : "counts"}</span>],
];

/** Where validators sit and how they signed in the last day: one of them, or all. */
export function Seats({ sets, validator, executor }: { sets: ValidatorSet[]; validator: string; executor: string }) {
  const who: Shown<Seat> = ["Validator", (seat) => <><a href={operatorUrl(seat.validator, executor)} title={seat.validator}>{short(seat.validator)}</a> <CopyButton text={seat.validator} label="validator" /></>];
  const shown = seats(sets, validator);
  const missing = validator === "" ? [] : missingFrom(sets, validator);
  return (
    <section aria-labelledby="node">
      <h2 id="node">{validator === "" ? "Validators" : "My node"}</h2>
      {validator !== "" && <p>Validator <Word value={validator} label="validator" /> · <a href={operatorUrl("", executor)}>all validators</a></p>}
      {shown.some(({ excluded }) => excluded) && <Notice tone="bad">{validator === "" ? "A validator" : "It"} was caught signing something false and counts no more. Its key has to be rotated out: two signatures that contradict each other are kept as evidence.</Notice>}
      {missing.length > 0 && <Notice tone="warn">It is in no set in force of {missing.map(chainName).join(", ")}: what it signs for there does not count.</Notice>}
      {shown.length > 0 && <DataTable label={validator === "" ? "Validators" : "My node"} columns={validator === "" ? [WHERE, who, ...DONE] : [WHERE, ...DONE]} rows={shown} id={({ chain, index }) => `${chain} ${index}`} />}
      {sets.length === 0 && <p role="status">No validator set has been read yet.</p>}
      <p class="hint">Of the checkpoints that were certified in the last day: those that carry the signature, and those that were certified without it.</p>
    </section>
  );
}
