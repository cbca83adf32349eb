import { isAddress } from "viem";
import type { Chain } from "../api/deployment.ts";
import { listTransfers } from "../api/transfers.ts";
import { short } from "../format/short.ts";
import { useLoaded } from "../ui/hooks.ts";
import { Field, Notice } from "../ui/parts.tsx";

/** One's own account unless another one is typed. @param other null for one's own */
export function RecipientField({ other, setOther, account, destination, error }: {
  other: string | null; setOther: (other: string | null) => void; account: string | undefined; destination: Chain; error: string | undefined;
}) {
  const foreign = other !== null && isAddress(other) && other.toLowerCase() !== account?.toLowerCase() ? other : "";
  const { value: seen } = useLoaded(foreign, async (signal) => (await listTransfers({ recipient: foreign, destination: destination.id, limit: "1" }, signal)).transfers.length > 0);
  return (
    <>
      <div class="check">
        <input id="own" type="checkbox" checked={other === null} onChange={(event) => setOther(event.currentTarget.checked ? null : "")} />
        <label for="own">To my own account{account ? ` ${short(account)}` : ""} on {destination.name}</label>
      </div>
      {other !== null && (
        <Field label="Recipient" id="recipient" error={other === "" ? undefined : error}>
          <input id="recipient" value={other} spellcheck={false} autocomplete="off" placeholder="0x…" aria-invalid={other !== "" && error !== undefined}
            aria-describedby="recipient-error" onInput={(event) => setOther(event.currentTarget.value.trim())} />
        </Field>
      )}
      {foreign && seen === false && <Notice tone="warn">Nothing has ever been sent to this account here. Compare every character: what reaches a wrong address on {destination.name} is lost.</Notice>}
    </>
  );
}
