import { chainName } from "../api/deployment.ts";
import type { Transfer } from "../api/transfers.ts";
import { showAmount } from "../format/amount.ts";
import { short } from "../format/short.ts";
import { headline, tone } from "../transfer/timeline.ts";
import { Time } from "./parts.tsx";

/** A table on a desk, cards on a phone. */
export function TransferTable({ transfers }: { transfers: Transfer[] }) {
  return (
    <table class="transfers">
      <thead><tr><th scope="col">Sent</th><th scope="col">Amount</th><th scope="col">Way</th><th scope="col">Recipient</th><th scope="col">Status</th></tr></thead>
      <tbody>
        {transfers.map((transfer) => (
          <tr key={transfer.transferId}>
            <td><a href={`/t/${transfer.transferId}`}><Time at={transfer.source.timestamp} /></a></td>
            <td class="number">{showAmount(transfer.source.amount)}</td>
            <td>{chainName(transfer.source.chain)} → {chainName(transfer.destination.chain)}</td>
            <td><code title={transfer.destination.recipient}>{short(transfer.destination.recipient)}</code></td>
            <td><span class={`badge ${tone(transfer)}`}>{headline(transfer)}</span></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
