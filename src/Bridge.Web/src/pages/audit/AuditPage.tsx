import { useState } from "preact/hooks";
import { addressFault } from "../../format/address.ts";
import { go, place } from "../../router.ts";
import { useTitle } from "../../ui/hooks.ts";
import { Field, Heading } from "../../ui/parts.tsx";
import { SearchForm } from "../../ui/SearchForm.tsx";
import { ExportSection } from "./ExportSection.tsx";
import { ProofSection } from "./ProofSection.tsx";
import { Reconciliations } from "./Reconciliations.tsx";
import { ReservesSection } from "./ReservesSection.tsx";

/** /audit: does it all add up, and is what the API says what was signed. The address bar keeps the time and the operator. */
export function AuditPage() {
  useTitle("Audit");
  const { query } = place.value;
  const [at, operator, transfer] = ["at", "operator", "transfer"].map((name) => query.get(name) ?? "") as [string, string, string];
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value === "") next.delete(name);
    else next.set(name, value);
    go(`/audit${next.size > 0 ? `?${next}` : ""}`, true);
  };
  return (
    <>
      <Heading>Audit</Heading>
      <nav aria-label="On this page" class="contents">
        <a href="#reconciliation">Reconciliation</a> <a href="#reserves">Reserves</a> <a href="#exports">Export</a> <a href="#proofs">Verify a proof</a>
      </nav>
      <SearchForm />
      <Reconciliations at={at} choose={(time) => set("at", time)} />
      <ReservesSection at={at} />
      <OperatorField operator={operator} choose={(address) => set("operator", address)} />
      <ExportSection operator={operator} />
      <ProofSection operator={operator} transfer={transfer} />
    </>
  );
}

/** Whose signature counts is the auditor's to know, and not the server's to say. */
function OperatorField({ operator, choose }: { operator: string; choose: (address: string) => void }) {
  const [typed, setTyped] = useState(operator);
  const fault = addressFault(typed.trim());
  const change = (text: string) => {
    setTyped(text);
    if (!addressFault(text.trim())) choose(text.trim());
  };
  return (
    <section aria-labelledby="signer">
      <h2 id="signer">Whose log</h2>
      <Field label="The log's operator" id="log-operator" error={fault} hint="The address that its operator published elsewhere. Exports and proofs below must be signed by it. Empty: the signer is shown, and you compare.">
        <input id="log-operator" value={typed} placeholder="0x…" spellcheck={false} autocomplete="off" aria-describedby="log-operator-hint" aria-invalid={fault !== undefined} onInput={(event) => change(event.currentTarget.value)} />
      </Field>
    </section>
  );
}
