import { getBytes, getJson, postJson } from "./client.ts";

export interface ReconciledChain { chain: string; bridge: string; block: string; blockHash: string; blockTime: string }

/** Base units. escrow: what the home Bridge counts as locked; balance: what it has. */
export interface ReconciledAsset {
  assetId: string; home: string; token: string; isCoin: boolean; escrow: string; balance: string; minted: { chain: string; token: string; supply: string }[];
  lockedNotMinted: string; burnedNotReleased: string; feesHeld: string; gap: string;
}

export interface Reconciliation { statement: string; takenAt: string; chains: ReconciledChain[]; assets: ReconciledAsset[]; recompute: string }

export interface Reserves { takenAt: string; chains: ReconciledChain[]; proofs: { kind: string; assetId: string; chain: string; proof?: unknown; whyNot?: string }[] }

export interface ExportRequest { format: string; filters: Record<string, string> }

/** status: asked or done; with content and manifest once it is done. */
export interface Export { id: string; status: string; format: string; treeSize: string; rows?: string; bytes?: string; content?: string; manifest?: unknown }

const at = (time: string) => (time === "" ? "" : `?at=${encodeURIComponent(time)}`);

/** @param time RFC 3339 with its zone: the newest statement that is not younger; empty for the newest @throws Problem */
export const getReconciliation = (time: string, signal?: AbortSignal) => getJson<Reconciliation>(`/v1/audit/reconciliation${at(time)}`, signal);

/** The proof file's bytes as they were served, for `bridge audit reserves verify`. @throws Problem */
export const getReserves = (time: string) => getBytes(`/v1/audit/reserves${at(time)}`);

/** @param bearer an API key with the scope auditor @param key the same for every try of one and the same export @throws Problem */
export const createExport = (request: ExportRequest, bearer: string, key: string) => postJson<Export>("/v1/audit/exports", request, undefined, key, bearer);

export const getExport = (id: string, bearer: string, signal?: AbortSignal) => getJson<Export>(`/v1/audit/exports/${encodeURIComponent(id)}`, signal, bearer);

export const getContent = (path: string, bearer: string) => getBytes(path, bearer);

/** @throws Problem */
export const getLogProof = (id: string, signal?: AbortSignal) => getJson<unknown>(`/v1/audit/log/proof/${encodeURIComponent(id)}`, signal);
