import type { LaneAsset, Lane } from "../api/lanes.ts";
import type { Route } from "../api/quotes.ts";
import { formatAmount } from "../format/amount.ts";
import { duration } from "../format/time.ts";
import { FEE_MARGIN, type Judged, type Order } from "../signing/order.ts";
import { Notice } from "../ui/parts.tsx";

/** What comes out, what it costs, how long it takes, and what one should know before. */
export function QuoteCard({ order, judged, lane, route }: { order: Order; judged: Judged; lane: Lane | undefined; route: Route | undefined }) {
  const { source, destination, token } = order;
  const listed = lane?.assets.find(({ assetId }) => assetId === String(order.assetId));
  const show = (value: bigint) => `${formatAmount(value, token.decimals)} ${token.symbol}`;
  const { typed } = judged;
  const eta = route ? { from: route.eta.p50, to: route.eta.p95, basis: route.eta.basis } : { from: lane?.eta?.p50Seconds, to: lane?.eta?.p95Seconds, basis: lane?.eta?.basis };
  return (
    <section class="quote" aria-label="Quote">
      <dl>
        <dt>You receive</dt><dd class="big">{typed ? show(typed.amount - typed.fee) : "–"}</dd>
        <dt>Bridge fee</dt><dd><Fee judged={judged} listed={listed} route={route} show={show} /></dd>
        {judged.relayerFee === undefined
          ? <><dt>Gas on {source.name}</dt><dd>shown by your wallet, in {source.coin}</dd></>
          : <><dt>Sent for you</dt><dd>{show(judged.relayerFee)} <span class="hint">for whoever pays the gas on {source.name}</span></dd></>}
        <dt>Gas on {destination.name}</dt><dd>none: the fee pays it</dd>
        <dt>Time</dt>
        <dd>{eta.from === undefined || eta.to === undefined ? "nothing has arrived yet" : `${duration(eta.from)} to ${duration(eta.to)}`} <span class="hint">{eta.basis}</span></dd>
        <dt>Secured by</dt>
        <dd>{route ? `${route.security.threshold} of ${route.security.validators} validators` : "more than two thirds of the validators"}</dd>
      </dl>
      <Warnings order={order} judged={judged} lane={lane} listed={listed} route={route} show={show} />
    </section>
  );
}

function Fee({ judged: { fee, minimumFee }, listed, route, show }: { judged: Judged; listed: LaneAsset | undefined; route: Route | undefined; show: (value: bigint) => string }) {
  const least = minimumFee ?? (listed?.fees && BigInt(listed.fees.transfer));
  if (fee === undefined) return <>{least === undefined ? "not known yet" : `from ${show(least)}`}</>;
  const margin = route ? route.fees.find(({ marginPercent }) => marginPercent !== undefined)?.marginPercent : Number(FEE_MARGIN);
  return <>{show(fee)} <span class="hint">the least is {show(minimumFee!)}{margin !== undefined && `; ${margin} % more in case it rises`}</span></>;
}

function Warnings({ order, judged: { typed }, lane, listed, route, show }: {
  order: Order; judged: Judged; lane: Lane | undefined; listed: LaneAsset | undefined; route: Route | undefined; show: (value: bigint) => string;
}) {
  const warnings = route?.warnings.map(({ message }) => message) ?? [];
  if (lane && lane.state !== "open") warnings.push(`The lane is ${lane.state}. ${lane.reason ?? ""} What you send now waits.`);
  if (!route && typed && listed) warnings.push(...limitWarnings(typed.amount, listed, order, show));
  return <>{warnings.map((text) => <Notice key={text} tone="warn">{text}</Notice>)}</>;
}

function limitWarnings(amount: bigint, { hold, deliver }: LaneAsset, { destination }: Order, show: (value: bigint) => string): string[] {
  const held = hold && amount > BigInt(hold.largeTransferThreshold)
    ? [`More than ${show(BigInt(hold.largeTransferThreshold))} at once is held on ${destination.name} for ${duration(hold.holdSeconds)} before it is paid.`] : [];
  if (!deliver || amount <= BigInt(deliver.available)) return held;
  return [...held, amount > BigInt(deliver.capacity)
    ? `No more than ${show(BigInt(deliver.capacity))} can ever be paid at once on ${destination.name}. This could only be sent back.`
    : `Only ${show(BigInt(deliver.available))} can be paid on ${destination.name} now. The rest of the limit fills up in time, and the transfer waits until then.`];
}
