import { getJson } from "./client.ts";

/** Base units as a decimal string. */
export interface AmountBody { assetId: string; amount: string; token?: string; symbol?: string; decimals?: number }

export interface Call { to: `0x${string}`; data: `0x${string}`; chain: string; value: string }

/** kind: none, wait, claim or refund. from: from when on it works; absent if it does now. */
export interface NextAction { kind: string; by?: string; from?: string; call?: Call; alternative?: NextAction }

/** GET /v1/transfers/{id}. Members with a question mark may be absent. */
export interface Transfer {
  transferId: string;
  lane: string;
  sequence: string;
  status: "PENDING" | "HELD" | "ACTION_REQUIRED" | "DONE" | "REFUNDED" | "FAILED";
  stage: string;
  substatus?: string;
  reason?: string;
  nextAction: NextAction;
  source: {
    chain: string; sender: string; amount: AmountBody; txHash: string; logIndex: number; block: string; timestamp: string;
    confirmations?: string; requiredConfirmations?: string; final: boolean;
  };
  attestation: { have: number; need?: number; validators: string[] };
  destination: { chain: string; recipient: string; amount: AmountBody; txHash?: string; block?: string; timestamp?: string; executor?: string; final: boolean };
  fee: AmountBody;
  eta?: { at: string; p95: string };
  hold?: { reason?: string; releaseAt?: string };
  createdAt: string;
  updatedAt: string;
}

export interface Transition { at: string; event: string; from?: string; to: string; detail?: string }

export interface TransferPage { transfers: Transfer[]; next?: string }

export const getTransfer = (id: string, signal?: AbortSignal) => getJson<Transfer>(`/v1/transfers/${encodeURIComponent(id)}`, signal);

export const getTransitions = (id: string, signal?: AbortSignal) => getJson<Transition[]>(`/v1/transfers/${encodeURIComponent(id)}/events`, signal);

/** Newest first. Empty members of the filter are left out. */
export function listTransfers(filter: Record<string, string>, signal?: AbortSignal): Promise<TransferPage> {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ""));
  return getJson<TransferPage>(`/v1/transfers?${query}`, signal);
}

/** Whether it was delivered without effect, and waits at its destination for a retry or a refund. */
export const isDeferred = ({ status, nextAction }: Transfer) => status === "ACTION_REQUIRED" || nextAction.alternative !== undefined;

/** Whether nothing more will happen to it. */
export const isSettled = (transfer: Transfer) => ["DONE", "REFUNDED", "FAILED"].includes(transfer.status);
