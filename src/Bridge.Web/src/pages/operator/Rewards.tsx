import { chainName, findChain } from "../../api/deployment.ts";
import { listRewards, recentExecutors, type RewardDay } from "../../api/rewards.ts";
import { formatAmount, showAmount } from "../../format/amount.ts";
import { save } from "../../format/save.ts";
import { destinationOf, rewardsCsv, totals, type Total } from "../../operator/rewards.ts";
import { DataTable, type Shown } from "../../ui/DataTable.tsx";
import { useLoaded } from "../../ui/hooks.ts";
import { Notice, Word } from "../../ui/parts.tsx";

const coins = (wei: bigint | string, chain: string) => `${formatAmount(wei, 18)} ${findChain(chain)?.coin ?? `coins of ${chainName(chain)}`}`;
const profit = (wei: bigint | string, chain: string) => <span class={BigInt(wei) < 0n ? "missed" : undefined}>{coins(wei, chain)}</span>;

const DAYS: Shown<RewardDay>[] = [
  ["Day", ({ day }) => day],
  ["Lane", ({ lane }) => lane.split(":").map(chainName).join(" → ")],
  ["Executor", ({ account }) => <Word value={account} label="executor" />],
  ["Messages", ({ messages, transactions }) => <>{messages} <span class="hint">in {transactions} {transactions === 1 ? "transaction" : "transactions"}</span></>],
  ["Fees", ({ fees }) => fees.map((one) => <div key={one.assetId}>{showAmount(one)}</div>)],
  ["Earned", ({ earnedWei, lane, unpriced }) => <>{coins(earnedWei, destinationOf(lane))} {unpriced > 0 && <span class="hint">{unpriced} without a price</span>}</>],
  ["Spent", ({ spentWei, lane }) => coins(spentWei, destinationOf(lane))],
  ["Left", ({ profitWei, lane }) => profit(profitWei, destinationOf(lane))],
];

const SUMS: Shown<Total>[] = [
  ["Delivered to", ({ chain }) => chainName(chain)],
  ["Messages", ({ messages }) => messages],
  ["Earned", ({ earned, chain }) => coins(earned, chain)],
  ["Spent", ({ spent, chain }) => coins(spent, chain)],
  ["Left", ({ profit: left, chain }) => profit(left, chain)],
];

/** What delivering brought in and cost in the last 30 days, by lane and day. @param executor empty for those who delivered last */
export function Rewards({ executor }: { executor: string }) {
  const { value: days, error } = useLoaded(`rewards ${executor}`, async (signal) => {
    const executors = executor === "" ? await recentExecutors(signal) : [executor];
    return (await Promise.all(executors.map((one) => listRewards(one, signal)))).flat().sort((one, other) => other.day.localeCompare(one.day));
  }, 30_000);
  return (
    <section aria-labelledby="rewards">
      <h2 id="rewards">Rewards</h2>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {days?.length === 0 && <p>{executor === "" ? "Nobody has delivered anything yet" : "This executor of this relayer has delivered nothing"} in the last 30 days.</p>}
      {days && days.length > 0 && (
        <>
          <DataTable label="Rewards in all" columns={SUMS} rows={totals(days)} id={({ chain }) => chain} />
          <h3>By day</h3>
          <DataTable label="Rewards by day" columns={DAYS} rows={days} id={({ day, lane, account }) => `${day} ${lane} ${account}`} />
          <div class="row"><button type="button" onClick={() => save(rewardsCsv(days), "rewards.csv", "text/csv")}>Download as CSV</button></div>
        </>
      )}
    </section>
  );
}
