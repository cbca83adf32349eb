import { chainName, chainNumber, findChain } from "../api/deployment.ts";
import type { Problem } from "../api/problem.ts";
import { recentTransfers, type Recent } from "../signing/recent.ts";
import { useLoaded } from "../ui/hooks.ts";
import { Heading, Notice, Word } from "../ui/parts.tsx";
import { session } from "../wallet/session.ts";

/** What is said of a transfer that the API does not know, or not yet. */
export function Unknown({ id, problem }: { id: string; problem: Problem | undefined }) {
  if (!problem) return <><Heading>Transfer</Heading><p role="status">Looking it up…</p></>;
  if (problem.code === "AMBIGUOUS_TRANSACTION") return <Several ids={problem.extensions.transferIds as string[]} />;
  const sent = recentTransfers().find(({ hash }) => hash.toLowerCase() === id.toLowerCase());
  if (problem.code === "TRANSFER_NOT_INDEXED") return <NotYet id={id} sent={sent} problem={problem} />;
  return <><Heading>Transfer</Heading><Notice tone="bad">{problem.message}</Notice><p><a href="/search">Search for something else</a></p></>;
}

function Several({ ids }: { ids: string[] }) {
  return (
    <>
      <Heading>{ids.length} transfers</Heading>
      <p>This transaction carries several transfers:</p>
      <ul>{ids.map((id) => <li key={id}><a href={`/t/${id}`}>{id}</a></li>)}</ul>
    </>
  );
}

function NotYet({ id, sent, problem }: { id: string; sent: Recent | undefined; problem: Problem }) {
  const indexed = Object.entries((problem.extensions.indexedTo ?? {}) as Record<string, string>);
  const failed = useFailedTransaction(id, sent);
  return (
    <>
      <Heading>{sent ? sent.text : "Not known here"}</Heading>
      {sent && <p class="route">{chainName(sent.chain)} <span aria-label="to">→</span> {chainName(sent.destination)}</p>}
      {failed
        ? <Notice tone="bad">The transaction failed on {chainName(sent!.chain)}. Only its gas was spent, no token was taken. <a href="/">Try again</a></Notice>
        : <Notice tone={sent ? "plain" : "warn"}>
            {sent ? "You have signed it. It appears here as soon as its block is read; this page looks every second."
              : "Either its block has not been read yet, or the id is wrong. This page keeps looking. If its block is at or below these, it does not exist:"}
          </Notice>}
      <p>Transaction or transfer <Word value={id} {...(sent && { chain: sent.chain, kind: "tx" as const })} /></p>
      {indexed.length > 0 && <table><thead><tr><th scope="col">Chain</th><th scope="col">Read up to block</th></tr></thead>
        <tbody>{indexed.map(([chain, height]) => <tr key={chain}><td>{chainName(chain)}</td><td>{height}</td></tr>)}</tbody></table>}
    </>
  );
}

/** Whether the wallet's chain says that the transaction failed; nobody else would ever tell. */
function useFailedTransaction(id: string, sent: Recent | undefined): boolean {
  const current = session.value;
  const asks = sent && current && current.chain === chainNumber(sent.chain) && findChain(sent.chain);
  const { value } = useLoaded(asks ? `receipt ${id}` : "", async () => {
    const receipt = (await current!.wallet.provider.request({ method: "eth_getTransactionReceipt", params: [id] })) as { status: string } | null;
    return receipt !== null && BigInt(receipt.status) === 0n;
  }, 2_000);
  return value === true;
}
