import { getJson } from "./client.ts";

/** signed and missed: checkpoints certified in the last day with its signature, and without. uptime: the share of both. */
export interface Validator { validator: string; index: number; signed: number; missed: number; uptime?: number; p95DelaySeconds?: number; lastSignedAt?: string; excluded: boolean }

export interface ValidatorSet { chain: string; bridge: string; epoch: string; threshold: number; validators: Validator[] }

export interface LaneStats { lane: string; sent: string; delivered: string; underway: string }

export interface Part { component: string; state: string; beatenAt: string }

export interface Incident { lane: string; code: string; reason: string; since: string }

export interface ChainStatus { chain: string; name: string; state: string; reason?: string; head: { latest: string; indexedTo?: string; lagSeconds: number }; endpoints: { ok: number; total: number } }

export interface Status { status: string; chains: ChainStatus[]; components: Part[]; incidents: Incident[] }

export const listSets = async (signal: AbortSignal) => (await getJson<{ sets: ValidatorSet[] }>("/v1/validators", signal)).sets;

export const getStats = async (signal: AbortSignal) => (await getJson<{ lanes: LaneStats[] }>("/v1/stats", signal)).lanes;

export const getStatus = (signal: AbortSignal) => getJson<Status>("/v1/status", signal);
