import { chainName } from "../api/deployment.ts";
import { useLane } from "../api/lanes.ts";
import { isDeferred, isSettled, type Transfer, type Transition } from "../api/transfers.ts";
import { hasTokens, showAmount } from "../format/amount.ts";
import { duration, secondsBetween, when } from "../format/time.ts";
import { useTransfer } from "../transfer/follow.ts";
import { headline, timeline, tone, type Step } from "../transfer/timeline.ts";
import { useNow, useTitle } from "../ui/hooks.ts";
import { CopyButton, Heading, Notice, Time, Word } from "../ui/parts.tsx";
import { DeferredActions } from "./DeferredActions.tsx";
import { Unknown } from "./Unknown.tsx";

/** /t/{id}: a transfer from its first block to its end. The link works for everybody, with and without a wallet. */
export function TransferPage({ id }: { id: string }) {
  const { transfer, transitions, problem } = useTransfer(id);
  useTitle(transfer ? headline(transfer) : "Transfer");
  if (!transfer) return <Unknown id={id} problem={problem} />;
  return (
    <article class="transfer">
      <Heading>{showAmount(transfer.source.amount)}</Heading>
      <p class="route">{chainName(transfer.source.chain)} <span aria-label="to">→</span> {chainName(transfer.destination.chain)}</p>
      {problem && <Notice tone="warn">{problem.message} This is what was known last.</Notice>}
      <Standing transfer={transfer} />
      {isDeferred(transfer) && <DeferredActions transfer={transfer} />}
      <Timeline transfer={transfer} transitions={transitions} />
      <Details transfer={transfer} />
      {!isSettled(transfer) && <p class="hint">You can close this page: the transfer goes on without it, and this link finds it again.</p>}
      <p><CopyButton text={new URL(`/t/${transfer.source.final ? transfer.transferId : transfer.source.txHash}`, location.origin).href} label="link">Copy the link</CopyButton></p>
    </article>
  );
}

function Standing({ transfer }: { transfer: Transfer }) {
  const release = transfer.hold?.releaseAt;
  return (
    <div class={`standing ${tone(transfer)}`} role="status" aria-live="polite">
      <strong>{headline(transfer)}</strong>
      {transfer.reason && <p>{transfer.reason}</p>}
      {release && <p>It goes on {when(release)}.</p>}
      {!isSettled(transfer) && !isDeferred(transfer) && <Expected transfer={transfer} />}
    </div>
  );
}

/** Elapsed, beside what this lane usually takes. */
function Expected({ transfer: { source, destination } }: { transfer: Transfer }) {
  const now = useNow();
  const eta = useLane(source.chain, destination.chain)?.eta;
  // Read out every second it would be a nuisance.
  return (
    <p aria-hidden="true" class="hint">
      {duration((now - Date.parse(source.timestamp)) / 1000)} so far
      {eta && `. Half arrive within ${duration(eta.p50Seconds)}, 95 % within ${duration(eta.p95Seconds)} (${eta.basis}).`}
    </p>
  );
}

function Timeline({ transfer, transitions }: { transfer: Transfer; transitions: Transition[] }) {
  const steps = timeline(transfer, transitions);
  return <ol class="timeline" aria-label="Timeline">{steps.map((step, i) => <StepRow key={i} step={step} before={steps[i - 1]} />)}</ol>;
}

const SAID = { done: "done", current: "now", ahead: "not yet", blocked: "held up" };

function StepRow({ step, before }: { step: Step; before: Step | undefined }) {
  const took = step.state === "done" && step.at && before?.at ? secondsBetween(before.at, step.at) : undefined;
  return (
    <li class={step.state} aria-current={step.state === "current" ? "step" : undefined}>
      <span class="title">{step.title} <span class="visually-hidden">({SAID[step.state]})</span></span>
      <span class="hint">
        {step.detail && step.state !== "ahead" && <span>{step.detail}</span>}
        {step.state === "done" && step.at && <Time at={step.at} />}
        {took !== undefined && took >= 1 && <span>after {duration(took)}</span>}
        {step.tx && step.state !== "ahead" && <Word value={step.tx.hash} chain={step.tx.chain} kind="tx" label="transaction" />}
      </span>
    </li>
  );
}

function Details({ transfer: { transferId, lane, sequence, source, destination, fee, attestation } }: { transfer: Transfer }) {
  return (
    <dl class="details">
      <dt>From</dt><dd><Word value={source.sender} chain={source.chain} kind="address" label="sender" /></dd>
      <dt>To</dt><dd><Word value={destination.recipient} chain={destination.chain} kind="address" label="recipient" /></dd>
      {hasTokens(source.amount) && <><dt>Recipient gets</dt><dd>{showAmount(destination.amount)}</dd><dt>Fee</dt><dd>{showAmount({ ...source.amount, amount: fee.amount })}</dd></>}
      <dt>Transfer</dt><dd><Word value={transferId} label="transfer id" /></dd>
      <dt>Proof</dt><dd><a href={`/audit?transfer=${transferId}`}>Verify what the audit log tells of it</a></dd>
      <dt>Lane</dt><dd>{lane}, number {sequence}</dd>
      {destination.executor && <><dt>Delivered by</dt><dd><Word value={destination.executor} chain={destination.chain} kind="address" label="executor" /></dd></>}
      {attestation.validators.length > 0 && <><dt>Signed by</dt><dd class="list">{attestation.validators.map((validator) => <Word key={validator} value={validator} label="validator" />)}</dd></>}
    </dl>
  );
}
