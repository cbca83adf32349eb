import { useEffect, useState } from "preact/hooks";
import { listTransfers, type Transfer } from "../api/transfers.ts";
import { search, type Match } from "../api/search.ts";
import { go, place } from "../router.ts";
import { useLoaded, useTitle } from "../ui/hooks.ts";
import { Field, Heading, Notice } from "../ui/parts.tsx";
import { TransferTable } from "../ui/TransferTable.tsx";

/** Finds whatever a person has in their clipboard; without a question, the newest transfers. */
export function SearchPage() {
  useTitle("Search");
  const asked = place.value.query.get("q") ?? "";
  const [typed, setTyped] = useState(asked);
  useEffect(() => setTyped(asked), [asked]);
  const { value: match, error } = useLoaded(asked, (signal) => search(asked, signal));
  useEffect(() => { if (match?.kind === "page") go(match.url, true); }, [match]);
  const { value: newest } = useLoaded(asked === "" ? "newest" : "", async (signal) => (await listTransfers({ limit: "20" }, signal)).transfers, 3_000);
  const submit = (event: Event) => {
    event.preventDefault();
    go(typed.trim() ? `/search?q=${encodeURIComponent(typed.trim())}` : "/search", true);
  };
  return (
    <>
      <Heading>Search</Heading>
      <form role="search" class="search" onSubmit={submit}>
        <Field label="Transaction, transfer or account" id="q" hint="The hash of a transaction on either chain, a transfer's id, or an account such as 0x… or eip155:1:0x…">
          <div class="amount"><input id="q" value={typed} spellcheck={false} autocomplete="off" aria-describedby="q-hint" onInput={(event) => setTyped(event.currentTarget.value)} /><button class="primary">Search</button></div>
        </Field>
      </form>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {asked && !match && !error && <p role="status">Searching…</p>}
      {match && <Found match={match} asked={asked} />}
      {newest && <Newest transfers={newest} />}
    </>
  );
}

function Found({ match, asked }: { match: Match; asked: string }) {
  switch (match.kind) {
    case "page": return <p role="status">Found, opening it…</p>;
    case "several": return <><p role="status">{match.links.length} found:</p><ul>{match.links.map(({ url, text }) => <li key={url}><a href={url}>{text}</a></li>)}</ul></>;
    case "nothing": return <Notice tone="warn">{match.why} {/^0x[0-9a-f]{64}$/i.test(asked) && <a href={`/t/${asked}`}>Keep looking for it</a>}</Notice>;
  }
}

const Newest = ({ transfers }: { transfers: Transfer[] }) => (
  <section aria-labelledby="newest"><h2 id="newest">Newest transfers</h2>{transfers.length > 0 ? <TransferTable transfers={transfers} /> : <p>None yet.</p>}</section>
);

