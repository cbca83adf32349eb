import { formatUnits } from "viem";
import type { RewardDay } from "../api/rewards.ts";
import { csv, decimal, type Column } from "../format/csv.ts";

const WEI = 18;

/** What came of all days, by the chain in whose coin it is counted. Wei. */
export interface Total { chain: string; transactions: number; messages: number; earned: bigint; spent: bigint; profit: bigint; unpriced: number }

/** "1:10" delivers to 10, and is counted in its coin. */
export const destinationOf = (lane: string) => lane.slice(lane.indexOf(":") + 1);

/** Coins of two chains are never added up. */
export function totals(days: RewardDay[]): Total[] {
  const found = new Map<string, Total>();
  for (const { lane, transactions, messages, earnedWei, spentWei, profitWei, unpriced } of days) {
    const chain = destinationOf(lane);
    const before = found.get(chain) ?? { chain, transactions: 0, messages: 0, earned: 0n, spent: 0n, profit: 0n, unpriced: 0 };
    found.set(chain, {
      chain, transactions: before.transactions + transactions, messages: before.messages + messages, unpriced: before.unpriced + unpriced,
      earned: before.earned + BigInt(earnedWei), spent: before.spent + BigInt(spentWei), profit: before.profit + BigInt(profitWei),
    });
  }
  return [...found.values()];
}

const COLUMNS: Column<RewardDay>[] = [
  ["day", ({ day }) => day],
  ["lane", ({ lane }) => lane],
  ["executor", ({ account }) => account],
  ["transactions", ({ transactions }) => String(transactions)],
  ["messages", ({ messages }) => String(messages)],
  ["fees", ({ fees }) => fees.map((fee) => `${decimal(fee)} ${fee.symbol ?? `of asset ${fee.assetId}`}`).join("; ")],
  ["earned in coins of the destination", ({ earnedWei }) => formatUnits(BigInt(earnedWei), WEI)],
  ["spent in coins of the destination", ({ spentWei }) => formatUnits(BigInt(spentWei), WEI)],
  ["profit in coins of the destination", ({ profitWei }) => formatUnits(BigInt(profitWei), WEI), "signed"],
  ["deliveries without a price", ({ unpriced }) => String(unpriced)],
];

/** RFC 4180. */
export const rewardsCsv = (days: RewardDay[]) => csv(COLUMNS, days);
