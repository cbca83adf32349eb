import { getReconciliation, type ReconciledAsset, type ReconciledChain, type Reconciliation } from "../../api/audit.ts";
import { chainName, chainNumber, deployment, tokenOn } from "../../api/deployment.ts";
import type { Problem } from "../../api/problem.ts";
import { addsUp, judge } from "../../audit/reconcile.ts";
import { formatAmount } from "../../format/amount.ts";
import { DataTable, type Shown } from "../../ui/DataTable.tsx";
import { useLoaded } from "../../ui/hooks.ts";
import { Field, Notice, Time, Word } from "../../ui/parts.tsx";

const CHAINS: Shown<ReconciledChain>[] = [
  ["Chain", ({ chain }) => chainName(chain)],
  ["At its final block", ({ block }) => block],
  ["Hash of the block", ({ blockHash }) => <Word value={blockHash} label="block hash" />],
  ["Time of the block", ({ blockTime }) => <Time at={blockTime} />],
];

const ASSETS: Shown<ReconciledAsset>[] = [
  ["Asset", (asset) => <>{symbolOf(asset)} <span class="hint">home {chainName(asset.home)}</span></>],
  ["Locked", (asset) => shown(asset, asset.escrow)],
  ["Minted", (asset) => asset.minted.map(({ chain, supply }) => <div key={chain}>{shown(asset, supply)} <span class="hint">{chainName(chain)}</span></div>)],
  ["On its way", (asset) => shown(asset, asset.lockedNotMinted)],
  ["On its way back", (asset) => shown(asset, asset.burnedNotReleased)],
  ["Fees held", (asset) => shown(asset, asset.feesHeld)],
  ["Gap", (asset) => <Gap asset={asset} />],
];

/** Per asset, what is locked at home against what exists elsewhere. @param at a time with its zone, or empty for the newest statement */
export function Reconciliations({ at, choose }: { at: string; choose: (time: string) => void }) {
  const { value, error } = useLoaded(`reconciliation ${at}`, (signal) => getReconciliation(at, signal), at === "" ? 10_000 : 0);
  return (
    <section aria-labelledby="reconciliation">
      <h2 id="reconciliation" tabIndex={-1}>Reconciliation</h2>
      <Field label="As it was stated until" id="at" hint="In your own time zone; empty for the newest statement.">
        <input id="at" type="datetime-local" step="1" value={local(at)} aria-describedby="at-hint" onChange={(event) => choose(event.currentTarget.value === "" ? "" : new Date(event.currentTarget.value).toISOString())} />
      </Field>
      {error && !value && <Notice tone="warn">{(error as Problem).message}</Notice>}
      {value && <Stated stated={value} />}
    </section>
  );
}

function Stated({ stated: { assets, chains, takenAt, statement, recompute } }: { stated: Reconciliation }) {
  const bad = assets.filter((asset) => !addsUp(asset));
  return (
    <>
      {bad.length === 0
        ? <Notice tone="good">It adds up: no asset has a gap. This page computed that again from the figures below.</Notice>
        : <Notice tone="bad"><strong>It does not add up:</strong> {bad.map((asset) => sentence(asset)).join(" ")}</Notice>}
      <DataTable label="Reconciliation by asset" columns={ASSETS} rows={assets} id={({ assetId, home }) => `${assetId} ${home}`} />
      <p class="hint">Statement {statement}, taken <Time at={takenAt} />, at these blocks. Gap = locked − minted − on its way − on its way back − fees held. From the chains alone: <code>{recompute}</code></p>
      <DataTable label="Blocks of the reconciliation" columns={CHAINS} rows={chains} id={({ chain }) => chain} />
    </>
  );
}

function Gap({ asset }: { asset: ReconciledAsset }) {
  const sound = addsUp(asset);
  return <span class={`badge gap ${sound ? "good" : "bad"}`}>{shown(asset, judge(asset).gap)}{!sound && <span class="visually-hidden"> does not add up</span>}</span>;
}

function sentence(asset: ReconciledAsset): string {
  const { gap, agrees } = judge(asset);
  if (!agrees) return `The API states a gap of ${shown(asset, asset.gap)} ${symbolOf(asset)}; its own figures give ${shown(asset, gap)}.`;
  if (gap === 0n) return `Of ${symbolOf(asset)}, home has ${shown(asset, asset.balance)} and counts ${shown(asset, asset.escrow)} as locked.`;
  return gap < 0n ? `${shown(asset, -gap)} ${symbolOf(asset)} exist that nothing covers.` : `${shown(asset, gap)} ${symbolOf(asset)} are locked without a cause.`;
}

const tokenOf = ({ assetId, home }: ReconciledAsset) => tokenOn(deployment.value?.assets.find(({ id }) => id === assetId), chainNumber(home));
const symbolOf = (asset: ReconciledAsset) => tokenOf(asset)?.symbol ?? `asset ${asset.assetId}`;
const shown = (asset: ReconciledAsset, amount: bigint | string) => formatAmount(amount, tokenOf(asset)?.decimals ?? 0);

/** What a field for a local time holds. */
function local(time: string): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? "" : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
