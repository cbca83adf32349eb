import { getJson } from "./client.ts";

/** Base units as a decimal string. */
export interface AmountBody { assetId: string; amount: string; token?: string; symbol?: string; decimals?: number }

export interface Call { to: string; data: string; chain?: string; value?: string }

/** GET /v1/transfers/{id}. Members with a question mark may be absent. */
export interface Transfer {
  transferId: string;
  lane: string;
  sequence: string;
  status: "PENDING" | "HELD" | "ACTION_REQUIRED" | "DONE" | "REFUNDED" | "FAILED";
  stage: string;
  substatus?: string;
  reason?: string;
  nextAction: { kind: string; by?: string; call?: Call };
  source: {
    chain: string; sender: string; amount: AmountBody; txHash: string; logIndex: number; block: string; timestamp: string;
    confirmations: string; requiredConfirmations?: string; final: boolean;
  };
  attestation: { have: number; need?: number; validators: string[] };
  destination: { chain: string; recipient: string; amount: AmountBody; txHash?: string; block?: string; timestamp?: string; executor?: string; final: boolean };
  fee: AmountBody;
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

/** Whether nothing more will happen to it. */
export const isSettled = (transfer: Transfer) => ["DONE", "REFUNDED", "FAILED"].includes(transfer.status);
