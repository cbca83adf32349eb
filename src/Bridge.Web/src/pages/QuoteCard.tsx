import { formatAmount } from "../format/amount.ts";
import { duration } from "../format/time.ts";
import { FEE_MARGIN, type Judged, type Order } from "../signing/order.ts";
import { measureLane } from "../transfer/eta.ts";
import { useLoaded } from "../ui/hooks.ts";

/** What comes out, what it costs, how long it takes. */
export function QuoteCard({ order, judged, connected, onSource }: { order: Order; judged: Judged; connected: boolean; onSource: boolean }) {
  const { source, destination, token } = order;
  const { value: eta } = useLoaded(`${source.id} ${destination.id}`, (signal) => measureLane(source.id, destination.id, signal), 30_000);
  const show = (value: bigint) => `${formatAmount(value, token.decimals)} ${token.symbol}`;
  const { typed, fee, minimumFee } = judged;
  return (
    <section class="quote" aria-label="Quote">
      <dl>
        <dt>You receive</dt><dd class="big">{typed ? show(typed.amount - typed.fee) : "–"}</dd>
        <dt>Bridge fee</dt>
        <dd>{fee === undefined ? missing(connected, onSource, source.name) : <>{show(fee)} <span class="hint">the least is {show(minimumFee!)}, and {String(FEE_MARGIN)} % in case it rises</span></>}</dd>
        <dt>Gas on {source.name}</dt><dd>shown by your wallet, in {source.coin}</dd>
        <dt>Gas on {destination.name}</dt><dd>none: whoever delivers pays it out of the fee</dd>
        <dt>Time</dt>
        <dd>{eta ? `${duration(eta.p50)} to ${duration(eta.p95)}` : "not known yet"} {eta && <span class="hint">half and 95 % of the last {eta.of}</span>}</dd>
        <dt>Secured by</dt><dd>more than two thirds of the validators of {destination.name}</dd>
      </dl>
    </section>
  );
}

const missing = (connected: boolean, onSource: boolean, chain: string) => (!connected ? "connect a wallet to read it" : onSource ? "reading…" : `switch to ${chain} to read it`);
