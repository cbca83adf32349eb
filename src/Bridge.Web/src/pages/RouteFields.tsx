import { assetsBetween, chainName, deployment, tokenOn, type Asset } from "../api/deployment.ts";
import { short } from "../format/short.ts";
import { Field } from "../ui/parts.tsx";

/** Ids, as decimal texts. */
export interface Choice { source: string; destination: string; asset: string }

/** From, to and what. Only what fits together can be chosen. */
export function RouteFields({ choice, setChoice }: { choice: Choice; setChoice: (choice: Choice) => void }) {
  const lanes = deployment.value?.lanes ?? [];
  const sources = [...new Set(lanes.map(({ source }) => source))];
  const destinations = lanes.filter(({ source }) => source === choice.source).map(({ destination }) => destination);
  const assets = assetsBetween(choice.source, choice.destination);
  const choose = (source: string, destination: string) => setChoice(fitting(choice, source, destination));
  const turned = lanes.some(({ source, destination }) => source === choice.destination && destination === choice.source);
  return (
    <>
      <div class="route-fields">
        <Field label="From" id="source"><ChainSelect id="source" chains={sources} value={choice.source} choose={(chain) => choose(chain, choice.destination)} /></Field>
        <button type="button" class="turn" aria-label="Turn around" title="Turn around" disabled={!turned} onClick={() => choose(choice.destination, choice.source)}>⇄</button>
        <Field label="To" id="destination"><ChainSelect id="destination" chains={destinations} value={choice.destination} choose={(chain) => choose(choice.source, chain)} /></Field>
      </div>
      {assets.length > 0 && (
        <Field label="Asset" id="asset" hint={<TokenHint assets={assets} choice={choice} />}>
          <select id="asset" value={choice.asset} aria-describedby="asset-hint" onChange={(event) => setChoice({ ...choice, asset: event.currentTarget.value })}>
            {assets.map((asset) => <option key={asset.id} value={asset.id}>{assetLabel(asset, assets, choice.source)}</option>)}
          </select>
        </Field>
      )}
    </>
  );
}

const ChainSelect = ({ id, chains, value, choose }: { id: string; chains: string[]; value: string; choose: (chain: string) => void }) => (
  <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value)}>
    {chains.map((chain) => <option key={chain} value={chain}>{chainName(chain)}</option>)}
  </select>
);

function TokenHint({ assets, choice }: { assets: Asset[]; choice: Choice }) {
  const asset = assets.find(({ id }) => id === choice.asset);
  const token = tokenOn(asset, choice.source);
  if (!token) return null;
  const doubles = assets.filter((candidate) => look(tokenOn(candidate, choice.source)?.symbol) === look(token.symbol)).length > 1;
  return (
    <>
      {token.mode === "native" ? "The chain's own coin" : <>Token <code title={token.token}>{short(token.token)}</code></>}
      {doubles && <strong class="error"> Several assets look like {token.symbol}. Compare the token's address with the one that you know.</strong>}
    </>
  );
}

/** Of assets with the same name, the token's address tells which is which. */
function assetLabel(asset: Asset, all: Asset[], chain: string): string {
  const token = tokenOn(asset, chain)!;
  const alone = all.filter((candidate) => look(tokenOn(candidate, chain)?.symbol) === look(token.symbol)).length === 1;
  return alone ? token.symbol : `${token.symbol} (${short(token.token)})`;
}

/** What the eye hardly tells apart is the same here: case, accents, and letters that look like digits. */
const look = (symbol = "") => symbol.normalize("NFKD").replace(/[^\w]/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");

function fitting(choice: Choice, source: string, destination: string): Choice {
  const destinations = (deployment.value?.lanes ?? []).filter((lane) => lane.source === source).map((lane) => lane.destination);
  const to = destinations.includes(destination) ? destination : (destinations[0] ?? "");
  const assets = assetsBetween(source, to);
  return { source, destination: to, asset: (assets.find(({ id }) => id === choice.asset) ?? assets[0])?.id ?? "" };
}
