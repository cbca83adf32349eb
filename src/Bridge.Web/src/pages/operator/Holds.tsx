import { chainName } from "../../api/deployment.ts";
import { listTransfers, type Transfer } from "../../api/transfers.ts";
import { showAmount } from "../../format/amount.ts";
import { DataTable, type Shown } from "../../ui/DataTable.tsx";
import { useLoaded } from "../../ui/hooks.ts";
import { Notice, Time } from "../../ui/parts.tsx";

const PAGE = "100";

const COLUMNS: Shown<Transfer>[] = [
  ["Sent", ({ transferId, source }) => <a href={`/t/${transferId}`}><Time at={source.timestamp} /></a>],
  ["Amount", ({ source }) => showAmount(source.amount)],
  ["Way", ({ source, destination }) => `${chainName(source.chain)} → ${chainName(destination.chain)}`],
  ["Why", ({ status, hold, reason }) => <><span class="badge warn">{hold?.reason ?? (status === "HELD" ? "held" : "effect failed")}</span>{reason && <p>{reason}</p>}</>],
  ["Until", ({ hold, nextAction }) => until(hold?.releaseAt ?? nextAction.from, nextAction.by)],
];

const until = (time: string | undefined, by: string | undefined) => (time ? <Time at={time} /> : by === "operator" ? "the lane's operators act" : "somebody retries it or sends it back");

/** Every transfer that is safe and does not go on by itself. */
export function Holds() {
  const { value, error } = useLoaded("holds", async (signal) => {
    const pages = await Promise.all(["HELD", "ACTION_REQUIRED"].map((status) => listTransfers({ status, limit: PAGE }, signal)));
    return { transfers: pages.flatMap(({ transfers }) => transfers), more: pages.some(({ next }) => next !== undefined) };
  }, 10_000);
  return (
    <section aria-labelledby="holds">
      <h2 id="holds">Holds</h2>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {value?.transfers.length === 0 && <p>Nothing is held, and nothing waits for somebody.</p>}
      {value && value.transfers.length > 0 && <DataTable label="Holds" columns={COLUMNS} rows={value.transfers} id={({ transferId }) => transferId} />}
      {value?.more && <p>There are more: these are the newest {PAGE} that are held, and the newest {PAGE} that wait for somebody.</p>}
    </section>
  );
}
