import { useEffect } from "preact/hooks";
import { listTransfers, type Transfer } from "../api/transfers.ts";
import { search, type Match } from "../api/search.ts";
import { go, place } from "../router.ts";
import { useLoaded, useTitle } from "../ui/hooks.ts";
import { Heading, Notice } from "../ui/parts.tsx";
import { SearchForm } from "../ui/SearchForm.tsx";
import { TransferTable } from "../ui/TransferTable.tsx";

/** Finds whatever a person has in their clipboard; without a question, the newest transfers. */
export function SearchPage() {
  useTitle("Search");
  const asked = place.value.query.get("q") ?? "";
  const { value: match, error } = useLoaded(asked, (signal) => search(asked, signal));
  useEffect(() => { if (match?.kind === "page") go(match.url, true); }, [match]);
  const { value: newest } = useLoaded(asked === "" ? "newest" : "", async (signal) => (await listTransfers({ limit: "20" }, signal)).transfers, 3_000);
  return (
    <>
      <Heading>Search</Heading>
      <SearchForm asked={asked} replace />
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

