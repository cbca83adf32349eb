import { useState } from "preact/hooks";
import { keccak256, type Hex } from "viem";
import { findChain } from "../api/deployment.ts";
import type { Transfer } from "../api/transfers.ts";
import { bridgeAbi } from "../chain/abi.ts";
import { encodeMessage, laneId, sentBy } from "../chain/message.ts";
import { read } from "../chain/reads.ts";
import { dateOf, whenUnix } from "../format/time.ts";
import { deferralCall } from "../signing/calls.ts";
import { requireDeferral, type Waiting } from "../signing/check.ts";
import { mined, NotSent, rehearse, submit } from "../signing/submit.ts";
import { useLoaded } from "../ui/hooks.ts";
import { Notice } from "../ui/parts.tsx";
import { chooseWallet } from "../ui/WalletMenu.tsx";
import { switchTo } from "../wallet/networks.ts";
import { walletMessage } from "../wallet/provider.ts";
import { session, type Session } from "../wallet/session.ts";

type Action = "retry" | "refund";

/** The buttons that help a transfer whose effect failed. */
export function DeferredActions({ transfer }: { transfer: Transfer }) {
  const [busy, setBusy] = useState("");
  const [outcome, setOutcome] = useState<{ tone: "bad" | "good"; text: string }>();
  const current = session.value;
  const chain = findChain(transfer.destination.chain);
  const onChain = current !== null && current.chain === chain?.id;
  const { value: found, error } = useLoaded(onChain ? `deferral ${transfer.transferId} ${current.account}` : "", () => readDeferral(current!, transfer), 5_000);
  if (!chain) return <Notice tone="warn">Chain {transfer.destination.chain} is not part of this deployment, so this page cannot act on it.</Notice>;

  const act = async (action: Action) => {
    setOutcome(undefined);
    try {
      await take(action, current!, transfer, setBusy);
      setOutcome({ tone: "good", text: action === "retry" ? "The retry is mined. The page changes as soon as its block is read." : "The refund is mined. The amount travels back." });
    } catch (failure) {
      setOutcome({ tone: "bad", text: failure instanceof Error ? failure.message : walletMessage(failure) });
    } finally {
      setBusy("");
    }
  };
  const move = () => void switchTo(current!, chain).catch((failure: unknown) => setOutcome({ tone: "bad", text: walletMessage(failure) }));

  return (
    <section class="actions" aria-labelledby="actions-title">
      <h2 id="actions-title">What you can do</h2>
      {!current && <><p>Anyone can retry it, with a wallet that has a little {chain.coin} on {chain.name}.</p><button type="button" class="primary" onClick={chooseWallet}>Connect wallet</button></>}
      {current && !onChain && <button type="button" class="primary" onClick={move}>Switch to {chain.name}</button>}
      {onChain && error && <Notice tone="bad">{walletMessage(error)}</Notice>}
      {found && <Choices found={found} busy={busy} act={(action) => void act(action)} />}
      <div role="status" aria-live="polite">{busy}</div>
      {outcome && <Notice tone={outcome.tone}>{outcome.text}</Notice>}
    </section>
  );
}

interface Found { heldUntil: bigint; refundFrom: bigint; isRecipient: boolean; isOpen: boolean }

function Choices({ found, busy, act }: { found: Found; busy: string; act: (action: Action) => void }) {
  if (!found.isOpen) return <p>It does not wait on the chain any more. The page changes as soon as the block is read.</p>;
  const now = BigInt(Math.floor(Date.now() / 1000));
  const held = found.heldUntil > now;
  const refundable = found.isRecipient || found.refundFrom <= now;
  return (
    <>
      <p>{held ? `Its size is held for safety: it can be retried ${whenUnix(found.heldUntil)}.` : "A retry pays it out if the cause is gone, and tells why if it is not. Whoever retries gets the fee."}</p>
      <div class="row">
        <button type="button" class="primary" disabled={held || busy !== ""} onClick={() => act("retry")}>Retry</button>
        <button type="button" disabled={!refundable || busy !== ""} onClick={() => act("refund")}>Refund</button>
      </div>
      <p class="hint">{refundable ? "A refund gives up and sends the amount back to its sender, for the fee of the way back."
        : `Only the recipient can refund it now; anybody can after ${dateOf(found.refundFrom)}.`}</p>
    </>
  );
}

async function readDeferral({ wallet: { provider }, account }: Session, transfer: Transfer): Promise<Found> {
  const waiting = waitingOf(transfer);
  const [[messageHash, since, heldUntil], delay] = await Promise.all([
    read<[Hex, bigint, bigint]>(provider, waiting.bridge, bridgeAbi, "deferral", [waiting.lane, waiting.sequence]),
    read<bigint>(provider, waiting.bridge, bridgeAbi, "REFUND_DELAY", []),
  ]);
  const isOpen = BigInt(messageHash) !== 0n;
  if (isOpen && keccak256(waiting.message) !== messageHash) throw new Error("This transfer carries a call, which this page does not know whole. Retry it with the API's calldata or the command line.");
  return { heldUntil, refundFrom: since + delay, isRecipient: account.toLowerCase() === transfer.destination.recipient.toLowerCase(), isOpen };
}

function waitingOf(transfer: Transfer): Waiting {
  const [chain, lane] = [findChain(transfer.destination.chain), laneId(transfer)];
  if (!chain || !lane) throw new NotSent("One of its chains is not part of this deployment.");
  return { bridge: chain.bridge, lane, sequence: BigInt(transfer.sequence), message: encodeMessage(sentBy(transfer)) };
}

async function take(action: Action, current: Session, transfer: Transfer, say: (what: string) => void): Promise<void> {
  const waiting = waitingOf(transfer);
  const transaction = deferralCall(action, waiting);
  requireDeferral(transaction, action, waiting);
  say("Trying it out…");
  await rehearse(current, transaction);
  say("Confirm it in your wallet.");
  const hash = await submit(current, transaction);
  say("Waiting for its block…");
  await mined(current, hash);
}
