import { useEffect, useState } from "preact/hooks";
import { isAddress } from "viem";
import { chainName, deployment } from "../api/deployment.ts";
import { listTransfers, type Transfer } from "../api/transfers.ts";
import { downloadCsv } from "../format/csv.ts";
import { go, place } from "../router.ts";
import { useTitle } from "../ui/hooks.ts";
import { Field, Heading, Notice } from "../ui/parts.tsx";
import { TransferTable } from "../ui/TransferTable.tsx";
import { session } from "../wallet/session.ts";

const FILTERS = ["account", "status", "source", "destination", "asset"] as const;
const STATUSES = { PENDING: "On its way", ACTION_REQUIRED: "Waits for somebody", DONE: "Arrived", REFUNDED: "Sent back", FAILED: "Did not happen" };
const PAGE = "25";

/** Everything that an account sent and received. The address bar holds the filter, so that it can be shared. */
export function HistoryPage() {
  useTitle("History");
  const { query } = place.value;
  const filter = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ""])) as Record<(typeof FILTERS)[number], string>;
  const account = filter.account || session.value?.account || "";
  const [typed, setTyped] = useState(account);
  useEffect(() => setTyped(account), [account]);
  const set = (part: Partial<typeof filter>) => {
    const next = new URLSearchParams(Object.entries({ ...filter, ...part }).filter(([, value]) => value !== ""));
    go(`/history${next.size > 0 ? `?${next}` : ""}`, true);
  };
  const list = usePages({ ...filter, account });
  const error = account && !isAddress(account, { strict: false }) ? "An account is 0x and 40 hexadecimal digits." : undefined;
  return (
    <>
      <Heading>History</Heading>
      <form class="filters" role="search" onSubmit={(event) => { event.preventDefault(); set({ account: typed.trim() }); }}>
        <Field label="Account" id="account" error={error}>
          <input id="account" value={typed} placeholder="0x…, or connect a wallet" spellcheck={false} onInput={(event) => setTyped(event.currentTarget.value)} onChange={() => set({ account: typed.trim() })} />
        </Field>
        <Pick label="Status" id="status" value={filter.status} options={Object.entries(STATUSES)} choose={(status) => set({ status })} />
        <Pick label="From" id="from" value={filter.source} options={chains()} choose={(source) => set({ source })} />
        <Pick label="To" id="to" value={filter.destination} options={chains()} choose={(destination) => set({ destination })} />
        <Pick label="Asset" id="asset" value={filter.asset} options={assets()} choose={(asset) => set({ asset })} />
      </form>
      {list.error && <Notice tone="bad">{list.error}</Notice>}
      {list.transfers && !error && <Results transfers={list.transfers} more={list.more} filter={{ ...filter, account }} />}
    </>
  );
}

function Results({ transfers, more, filter }: { transfers: Transfer[]; more: (() => void) | undefined; filter: Record<string, string> }) {
  const [saying, setSaying] = useState("");
  const download = () => void downloadCsv(filter, setSaying).catch((error: Error) => setSaying(error.message));
  if (transfers.length === 0) return <p role="status">Nothing found. What was sent a moment ago appears once its block is read.</p>;
  return (
    <>
      <TransferTable transfers={transfers} />
      <div class="row">
        {more && <button type="button" onClick={more}>Show more</button>}
        <button type="button" onClick={download}>Download as CSV</button>
        <span role="status">{saying}</span>
      </div>
    </>
  );
}

const Pick = ({ label, id, value, options, choose }: { label: string; id: string; value: string; options: [string, string][]; choose: (value: string) => void }) => (
  <Field label={label} id={id}>
    <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">any</option>
      {options.map(([key, name]) => <option key={key} value={key}>{name}</option>)}
    </select>
  </Field>
);

const chains = (): [string, string][] => (deployment.value?.chains ?? []).map(({ id }) => [id, chainName(id)]);
const assets = (): [string, string][] => (deployment.value?.assets ?? []).map(({ id, tokens }) => [id, tokens[0]?.symbol ?? id]);

/** The pages that were asked for so far, one behind the other. */
function usePages(filter: Record<string, string>) {
  const key = JSON.stringify(filter);
  const [state, setState] = useState<{ key: string; transfers?: Transfer[]; next?: string | undefined; error?: string }>({ key });
  const load = async (cursor: string, before: Transfer[], signal?: AbortSignal) => {
    try {
      const page = await listTransfers({ ...filter, limit: PAGE, cursor }, signal);
      setState({ key, transfers: [...before, ...page.transfers], next: page.next });
    } catch (error) {
      if (!signal?.aborted) setState({ key, transfers: before, error: (error as Error).message });
    }
  };
  useEffect(() => {
    const abort = new AbortController();
    void load("", [], abort.signal);
    return () => abort.abort();
  }, [key]);
  if (state.key !== key) return {};
  const { transfers = [], next, error } = state;
  return { transfers: state.transfers, error, more: next ? () => void load(next, transfers) : undefined };
}
