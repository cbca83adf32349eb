import { useEffect, useState } from "preact/hooks";
import { listLanes } from "../../api/lanes.ts";
import { getStats, getStatus, listSets } from "../../api/standing.ts";
import { addressFault } from "../../format/address.ts";
import { laneStandings, operatorUrl, summary } from "../../operator/standing.ts";
import { go, place } from "../../router.ts";
import { useLoaded, useTitle } from "../../ui/hooks.ts";
import { Field, Heading, Notice } from "../../ui/parts.tsx";
import { Components } from "./Components.tsx";
import { Holds } from "./Holds.tsx";
import { Lanes } from "./Lanes.tsx";
import { Rewards } from "./Rewards.tsx";
import { Seats } from "./Seats.tsx";

const EVERY = 10_000;

/** /operator: what an operator looks at in the morning. The address bar names the validator and the executor, so that it can be bookmarked. */
export function OperatorPage() {
  useTitle("Operator");
  const [validator, executor] = ["validator", "executor"].map((name) => place.value.query.get(name) ?? "") as [string, string];
  const { value: sets, error: unknownSets } = useLoaded("sets", listSets, EVERY);
  const { value: status, error: unknownStatus } = useLoaded("status", getStatus, EVERY);
  const { value: lanes, error: unknownLanes } = useLoaded("lanes", listLanes, EVERY);
  const { value: stats } = useLoaded("stats", getStats, EVERY);
  const error = unknownSets ?? unknownStatus ?? unknownLanes;
  return (
    <>
      <Heading>Operator</Heading>
      <Whose validator={validator} executor={executor} />
      {error && <Notice tone="bad">{error.message}</Notice>}
      {status && <Notice tone={status.status === "ok" ? "good" : "bad"}>{summary(status)}</Notice>}
      {sets && !addressFault(validator) && <Seats sets={sets} validator={validator} executor={executor} />}
      {status && <Components status={status} />}
      {lanes && <Lanes standings={laneStandings(lanes, stats ?? [], status?.incidents ?? [])} />}
      <Holds />
      {!addressFault(executor) && <Rewards executor={executor} />}
    </>
  );
}

function Whose({ validator, executor }: { validator: string; executor: string }) {
  const [typed, setTyped] = useState({ validator, executor });
  useEffect(() => setTyped({ validator, executor }), [validator, executor]);
  const show = (event: Event) => {
    event.preventDefault();
    go(operatorUrl(typed.validator.trim(), typed.executor.trim()), true);
  };
  const address = (name: "validator" | "executor", label: string, hint: string) => (
    <Field label={label} id={name} error={addressFault(typed[name].trim())} hint={hint}>
      <input id={name} value={typed[name]} placeholder="0x…" spellcheck={false} autocomplete="off" aria-describedby={`${name}-hint`} onInput={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })} />
    </Field>
  );
  return (
    <form class="whose" onSubmit={show}>
      {address("validator", "Validator", "Whose signatures you look after; empty for all.")}
      {address("executor", "Executor", "Whose rewards you look after; empty for those who delivered last.")}
      <button class="primary">Show</button>
    </form>
  );
}
