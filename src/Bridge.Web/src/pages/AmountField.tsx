import { formatUnits } from "viem";
import type { Token } from "../api/deployment.ts";
import type { Facts } from "../chain/reads.ts";
import { formatAmount } from "../format/amount.ts";
import type { Judged } from "../signing/order.ts";
import { Field } from "../ui/parts.tsx";

export function AmountField({ token, amount, setAmount, judged, facts }: { token: Token; amount: string; setAmount: (amount: string) => void; judged: Judged; facts: Facts | undefined }) {
  const { least, most, amountError } = judged;
  const show = (value: bigint) => `${formatAmount(value, token.decimals)} ${token.symbol}`;
  const hint = facts && <>You have {show(facts.balance)}{least !== undefined && <>. At least {show(least)}</>}</>;
  return (
    <Field label="Amount" id="amount" error={amountError} hint={hint}>
      <div class="amount">
        <input id="amount" inputMode="decimal" autocomplete="off" placeholder="0.0" value={amount} aria-invalid={amountError !== undefined}
          aria-describedby="amount-hint amount-error" onInput={(event) => setAmount(event.currentTarget.value)} />
        <span aria-hidden="true">{token.symbol}</span>
        <button type="button" class="quiet" disabled={most === undefined || most === 0n} onClick={() => setAmount(formatUnits(most!, token.decimals))}>Max</button>
      </div>
    </Field>
  );
}
