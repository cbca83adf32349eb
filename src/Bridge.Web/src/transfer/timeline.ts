import { chainName } from "../api/deployment.ts";
import { isDeferred, isSettled, type Transfer, type Transition } from "../api/transfers.ts";

export type StepState = "done" | "current" | "ahead" | "blocked";

export interface Step { title: string; state: StepState; detail?: string; at?: string; tx?: { chain: string; hash: string } }

/** The way of a transfer, step by step, as far as it has come. */
export function timeline(transfer: Transfer, transitions: Transition[]): Step[] {
  const reached = stepReached(transfer);
  const reachedAt = (status: string) => transitions.find(({ to }) => to === status)?.at;
  const { source, destination, attestation } = transfer;
  const steps: Omit<Step, "state">[] = [
    { title: `Sent on ${chainName(source.chain)}`, detail: `Block ${source.block}`, at: source.timestamp, tx: { chain: source.chain, hash: source.txHash } },
    { title: `Final on ${chainName(source.chain)}`, detail: confirmations(transfer), ...at(reachedAt("Finalized")) },
    { title: "Signed by the validators", detail: `${attestation.have} ${attestation.have === 1 ? "signature" : "signatures"}, ${attestation.need ?? "?"} are needed`, ...at(reachedAt("Certified")) },
    {
      title: `${transfer.status === "REFUNDED" ? "Sent back from" : "Arrived on"} ${chainName(destination.chain)}`,
      ...(destination.block && { detail: `Block ${destination.block}` }), ...at(destination.timestamp),
      ...(destination.txHash && { tx: { chain: destination.chain, hash: destination.txHash } }),
    },
    { title: `Final on ${chainName(destination.chain)}`, ...at(reachedAt("Delivered") ?? reachedAt("Refunded")) },
  ];
  return steps.map((step, i) => ({ ...step, state: i < reached ? "done" : i > reached ? "ahead" : stateOfNext(transfer) }));
}

/** How many steps are done. */
function stepReached(transfer: Transfer): number {
  const { status, stage, source, attestation, destination } = transfer;
  if (status === "DONE" || status === "REFUNDED") return 5;
  if (status === "FAILED") return 0;
  if (isDeferred(transfer)) return 3;
  if (stage === "EXECUTED") return 4;
  if (stage === "QUORUM_REACHED" || stage === "EXECUTING") return 3;
  if (status === "HELD" && destination.block) return 4;
  if (status === "HELD" && attestation.need !== undefined && attestation.have >= attestation.need) return 3;
  return source.final ? 2 : 1;
}

const stateOfNext = ({ status }: Transfer): StepState => (status === "PENDING" ? "current" : "blocked");

function confirmations({ source }: Transfer): string {
  if (source.final) return "Cannot be undone any more";
  return `${source.confirmations ?? 0}${source.requiredConfirmations ? ` of ${source.requiredConfirmations}` : ""} blocks on it`;
}

const at = (time: string | undefined) => (time ? { at: time } : {});

/** One line for the whole: what a screen reader says when it changes. */
export function headline(transfer: Transfer): string {
  switch (transfer.status) {
    case "DONE": return `Arrived on ${chainName(transfer.destination.chain)}`;
    case "REFUNDED": return `Sent back to ${chainName(transfer.source.chain)}`;
    case "FAILED": return "Did not happen";
    case "ACTION_REQUIRED": return "Waits for somebody to act";
    case "HELD": return isDeferred(transfer) ? "Held, and safe" : "Held up";
    case "PENDING": return transfer.stage === "EXECUTED" ? `Arrived on ${chainName(transfer.destination.chain)}, not final yet` : "On its way";
  }
}

export const tone = (transfer: Transfer) => (transfer.status === "DONE" ? "good" : isSettled(transfer) || transfer.status === "PENDING" ? "plain" : "warn");
