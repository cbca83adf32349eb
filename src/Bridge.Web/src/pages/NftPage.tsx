import { useState } from "preact/hooks";
import { deployment, findChain } from "../api/deployment.ts";
import { readNft } from "../chain/nft.ts";
import { short } from "../format/short.ts";
import { sendNft } from "../signing/nft.ts";
import { judgeNft, readTokenId, type NftOrder } from "../signing/nftOrder.ts";
import { useLoaded, useTitle } from "../ui/hooks.ts";
import { Field, Heading, Notice } from "../ui/parts.tsx";
import { session } from "../wallet/session.ts";
import { RecipientField } from "./RecipientField.tsx";
import { SendingForm } from "./SendingForm.tsx";

/** Sends one ERC-721 token through the collection's own bridge, which the Gateway carries. */
export function NftPage() {
  useTitle("Send an NFT");
  const { nfts = [] } = deployment.value ?? {};
  const [picked, pick] = useState({ name: "", source: "", destination: "" });
  const collection = nfts.find(({ name }) => name === picked.name) ?? nfts[0];
  const ends = (collection?.ends ?? []).filter(({ chain }) => findChain(chain));
  // Where its owner's wallet is, until something else is chosen.
  const wanted = picked.source || session.value?.chain;
  const from = ends.find(({ chain }) => chain === wanted) ?? ends[0];
  const others = ends.filter((end) => end !== from);
  const to = others.find(({ chain }) => chain === picked.destination) ?? others[0];
  if (!collection || !from || !to) return <><Heading>Send an NFT</Heading><Notice tone="warn">This deployment carries no collection.</Notice></>;
  const [source, destination] = [findChain(from.chain)!, findChain(to.chain)!];
  return (
    <section class="card form">
      <Heading>Send an NFT</Heading>
      <Field label="Collection" id="collection" hint={<>Contract <code title={from.token}>{short(from.token)}</code></>}>
        <Select id="collection" value={collection.name} options={nfts.map(({ name }) => [name, name])} choose={(name) => pick({ ...picked, name })} />
      </Field>
      <Field label="From" id="source"><Select id="source" value={from.chain} options={ends.map(named)} choose={(chain) => pick({ ...picked, source: chain })} /></Field>
      <Field label="To" id="destination"><Select id="destination" value={to.chain} options={others.map(named)} choose={(chain) => pick({ ...picked, destination: chain })} /></Field>
      <TokenForm key={`${collection.name} ${source.id} ${destination.id}`} collection={collection} source={source} from={from} destination={destination} to={to} />
    </section>
  );
}

const named = ({ chain }: { chain: string }): [string, string] => [chain, findChain(chain)!.name];

const Select = ({ id, value, options, choose }: { id: string; value: string; options: [string, string][]; choose: (value: string) => void }) => (
  <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value)}>{options.map(([key, name]) => <option key={key} value={key}>{name}</option>)}</select>
);

function TokenForm(ends: Omit<NftOrder, "tokenId" | "recipient">) {
  const { collection, source, from, destination, to } = ends;
  const [tokenId, setTokenId] = useState("");
  const [other, setOther] = useState<string | null>(null);
  const current = session.value;
  const onSource = current?.chain === source.id;
  const number = readTokenId(tokenId);
  const known = useLoaded(onSource ? `${current.account} ${number}` : "", () => readNft(current!.wallet.provider, source, from, destination, to, number), 4_000);
  const judged = judgeNft({ ...ends, tokenId, recipient: other ?? current?.account ?? "" }, current?.account, known.value);
  const name = `${collection.name} ${number ?? ""}`.trim();
  const { typed } = judged;
  return (
    <SendingForm
      source={source} destination={destination} send={typed && ((say) => sendNft(source, from, typed, name, say))} text={name} button={`Send ${name} to ${destination.name}`}
      first="token" obstacle={judged.obstacle} unreadable={known.error}
    >
      <Field label="Number of the token" id="token" error={judged.tokenError} hint={judged.typed && `${name} is yours.`}>
        <input id="token" inputMode="numeric" autocomplete="off" value={tokenId} aria-invalid={judged.tokenError !== undefined} aria-describedby="token-hint token-error" onInput={(event) => setTokenId(event.currentTarget.value)} />
      </Field>
      <RecipientField other={other} setOther={setOther} account={current?.account} destination={destination} error={judged.recipientError} />
      <p class="hint">It is kept by the collection's bridge on its own chain, or burned elsewhere, and appears on {destination.name} with the same number. Gas on {destination.name} is paid by whoever delivers.</p>
    </SendingForm>
  );
}
