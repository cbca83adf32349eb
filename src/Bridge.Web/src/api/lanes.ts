import { useLoaded } from "../ui/hooks.ts";
import { getJson } from "./client.ts";
import { chainNumber } from "./deployment.ts";

/** Seconds from the block that sent to the block that paid. */
export interface Eta { p50Seconds: number; p95Seconds: number; basis: string }

/** Base units. */
export interface Bucket { capacity: string; available: string; refillPerSecond: string; fullAt?: string }

export interface LaneAsset {
  assetId: string; symbol: string; decimals: number; canSend: boolean; reason?: string; min?: string; headroom?: string;
  send?: Bucket; deliver?: Bucket; hold?: { largeTransferThreshold: string; holdSeconds: number }; fees?: { transfer: string; transferTo: string };
}

/** state: open, paused, halted or closed; with a reason for every state but open. */
export interface Lane { lane: string; source: string; destination: string; state: string; reason?: string; eta?: Eta; assets: LaneAsset[] }

export const listLanes = async (signal: AbortSignal) => (await getJson<{ lanes: Lane[] }>("/v1/lanes", signal)).lanes;

/** One lane as it is now, read again every few seconds; undefined while it is not known. */
export function useLane(source: string, destination: string): Lane | undefined {
  const name = source && destination ? `${chainNumber(source)}:${chainNumber(destination)}` : "";
  return useLoaded(name, (signal) => getJson<Lane>(`/v1/lanes/${name}`, signal), 10_000).value;
}
