import { getJson } from "./client.ts";
import { listTransfers } from "./transfers.ts";

export interface RewardFee { assetId: string; symbol?: string; decimals?: number; amount: string }

/** day: UTC. Wei are of the destination's coin; profitWei may be negative. unpriced: deliveries whose fees have no price. */
export interface RewardDay {
  lane: string; day: string; account: string; transactions: number; messages: number; fees: RewardFee[]; earnedWei: string; spentWei: string; profitWei: string; unpriced: number;
}

/** Whose rewards are asked for when nobody was named: more would cost the API too much. */
const MOST_EXECUTORS = 5;

export const listRewards = async (executor: string, signal: AbortSignal) => (await getJson<{ days: RewardDay[] }>(`/v1/operators/${encodeURIComponent(executor)}/rewards`, signal)).days;

/** Those who delivered last, the most recent first. */
export async function recentExecutors(signal: AbortSignal): Promise<string[]> {
  const { transfers } = await listTransfers({ status: "DONE", limit: "100" }, signal);
  return [...new Set(transfers.map(({ destination }) => destination.executor).filter((executor) => executor !== undefined))].slice(0, MOST_EXECUTORS);
}
