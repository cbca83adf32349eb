import { chainName, deployment } from "../api/deployment.ts";
import { listLanes, type Lane } from "../api/lanes.ts";
import { formatAmount } from "../format/amount.ts";
import { readHealth, type Component } from "../api/health.ts";
import { duration } from "../format/time.ts";
import { useLoaded, useTitle } from "../ui/hooks.ts";
import { Heading, Notice, Time, Word } from "../ui/parts.tsx";

/** Whether everything works, and what does not. */
export function StatusPage() {
  useTitle("Status");
  const { value: health, error } = useLoaded("health", readHealth, 5_000);
  const { chains = [] } = deployment.value ?? {};
  const { value: lanes = [] } = useLoaded("lanes", listLanes, 10_000);
  return (
    <>
      <Heading>Status</Heading>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {health && <Notice tone={health.status === "ok" ? "good" : "bad"}>{health.status === "ok" ? "Everything works." : "Something does not work. Transfers wait and are not lost."}</Notice>}
      {health && <Components components={health.components} />}
      <h2>Lanes</h2>
      <table><thead><tr><th scope="col">Lane</th><th scope="col">State</th><th scope="col">Time to arrive</th><th scope="col">Can be sent now</th></tr></thead>
        <tbody>{lanes.map((lane) => <LaneRow key={lane.lane} lane={lane} />)}</tbody></table>
      <h2>Contracts</h2>
      <table><thead><tr><th scope="col">Chain</th><th scope="col">Number</th><th scope="col">Bridge</th></tr></thead>
        <tbody>{chains.map(({ id, bridge }) => <tr key={id}><td>{chainName(id)}</td><td>{id}</td><td><Word value={bridge} chain={id} kind="address" label="Bridge" /></td></tr>)}</tbody></table>
    </>
  );
}

const Components = ({ components }: { components: Component[] }) => (
  <>
    <h2>Components</h2>
    <table><thead><tr><th scope="col">Component</th><th scope="col">State</th><th scope="col">Last sign of life</th></tr></thead>
      <tbody>{components.map(({ component, state, detail, beatenAt }) => (
        <tr key={component}>
          <td>{component}</td>
          <td><span class={`badge ${state === "ok" ? "good" : "warn"}`}>{state === "ok" ? "works" : "stands still"}</span> {detail && <span class="hint">{detail}</span>}</td>
          <td>{beatenAt ? <Time at={beatenAt} /> : "–"}</td>
        </tr>
      ))}</tbody></table>
  </>
);

function LaneRow({ lane: { source, destination, state, reason, eta, assets } }: { lane: Lane }) {
  return (
    <tr>
      <td>{chainName(source)} → {chainName(destination)}</td>
      <td><span class={`badge ${state === "open" ? "good" : "warn"}`}>{state}</span> {reason && <span class="hint">{reason}</span>}</td>
      <td>{eta ? `${duration(eta.p50Seconds)} to ${duration(eta.p95Seconds)}` : "nothing has arrived yet"}</td>
      <td>{assets.map((asset) => <div key={asset.assetId}>{asset.canSend ? sendable(asset) : `no ${asset.symbol}: ${asset.reason}`}</div>)}</td>
    </tr>
  );
}

const sendable = ({ symbol, decimals, headroom }: Lane["assets"][number]) => (headroom === undefined ? symbol : `${formatAmount(headroom, decimals)} ${symbol}`);
