import { useState } from "preact/hooks";
import { findChain } from "../api/deployment.ts";
import type { Transfer } from "../api/transfers.ts";
import { readDeferral, type Deferral } from "../chain/deferral.ts";
import { dateOf, whenUnix } from "../format/time.ts";
import { deferralCall } from "../signing/calls.ts";
import { requireDeferral } from "../signing/check.ts";
import { mined, rehearse, submit } from "../signing/submit.ts";
import { useLoaded } from "../ui/hooks.ts";
import { Notice } from "../ui/parts.tsx";
import { chooseWallet } from "../ui/WalletMenu.tsx";
import { switchTo } from "../wallet/networks.ts";
import { walletMessage } from "../wallet/provider.ts";
import { session, type Session } from "../wallet/session.ts";

type Action = "retry" | "refund";

const DONE = { retry: "The retry is mined. This page changes as soon as its block is read.", refund: "The refund is mined. The amount travels back." };

/** The buttons that help a transfer whose effect failed. */
export function DeferredActions({ transfer }: { transfer: Transfer }) {
  const [saying, setSaying] = useState("");
  const [outcome, setOutcome] = useState<{ tone: "bad" | "good"; text: string }>();
  const current = session.value;
  const chain = findChain(transfer.destination.chain);
  const onChain = current !== null && current.chain === chain?.id;
  const { value: deferral, error } = useLoaded(onChain ? `${transfer.transferId} ${current.account}` : "", () => readDeferral(current!, transfer), 3_000);
  if (!chain) return <Notice tone="warn">{transfer.destination.chain} is not part of this deployment, so this page cannot act on it.</Notice>;

  const attempt = async (work: () => Promise<unknown>, success?: string) => {
    setOutcome(undefined);
    try {
      await work();
      if (success) setOutcome({ tone: "good", text: success });
    } catch (failure) {
      setOutcome({ tone: "bad", text: walletMessage(failure) });
    } finally {
      setSaying("");
    }
  };
  const act = (action: Action) => void attempt(() => take(action, current!, deferral!, setSaying), DONE[action]);

  return (
    <section class="actions" aria-labelledby="actions-title">
      <h2 id="actions-title">What you can do</h2>
      {!current && <><p>With a wallet that has a little {chain.coin} on {chain.name}, anyone can retry it.</p><button type="button" class="primary" onClick={chooseWallet}>Connect wallet</button></>}
      {current && !onChain && <button type="button" class="primary" onClick={() => void attempt(() => switchTo(current, chain))}>Switch to {chain.name}</button>}
      {error && <Notice tone="bad">{walletMessage(error)}</Notice>}
      {deferral && <Choices deferral={deferral} busy={saying !== ""} act={act} />}
      {deferral === null && <p>It does not wait on the chain any more. This page changes as soon as the block is read.</p>}
      <div role="status" aria-live="polite">{saying}</div>
      {outcome && <Notice tone={outcome.tone}>{outcome.text}</Notice>}
    </section>
  );
}

function Choices({ deferral: { heldUntil, refundFrom, isRecipient, now }, busy, act }: { deferral: Deferral; busy: boolean; act: (action: Action) => void }) {
  const held = heldUntil > now;
  const refundable = isRecipient || refundFrom <= now;
  return (
    <>
      <p>{held ? `A transfer of this size is held for safety. It can be retried ${whenUnix(heldUntil)}.` : "A retry pays it out if the cause is gone, and tells why if it is not. Whoever retries gets the fee."}</p>
      <div class="row">
        <button type="button" class="primary" disabled={held || busy} onClick={() => act("retry")}>Retry</button>
        <button type="button" disabled={!refundable || busy} onClick={() => act("refund")}>Refund</button>
      </div>
      <p class="hint">{refundable ? "A refund gives it up and sends the amount back to its sender, less the fee of the way back."
        : `Only the recipient can refund it now; anybody can after ${dateOf(refundFrom)}.`}</p>
    </>
  );
}

async function take(action: Action, current: Session, { waiting }: Deferral, say: (what: string) => void): Promise<void> {
  const transaction = deferralCall(action, waiting);
  say("Trying it out…");
  await rehearse(current, transaction);
  say("Confirm it in your wallet.");
  requireDeferral(transaction, action, waiting);
  const hash = await submit(current, transaction);
  say("Waiting for its block…");
  await mined(current, hash);
}
