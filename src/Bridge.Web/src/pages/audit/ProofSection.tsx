import { useState } from "preact/hooks";
import { getLogProof } from "../../api/audit.ts";
import { allSteps, checkProof, type CheckedProof } from "../../audit/proof.ts";
import { verdict } from "../../audit/steps.ts";
import { Field, Notice } from "../../ui/parts.tsx";
import { Steps } from "../../ui/Steps.tsx";

const SAID = {
  passed: ["good", "Proven: the log of the operator whom you name tells this of the transfer."],
  open: ["warn", "The proof holds. Whether its signer is the log's operator is yours to compare."],
  failed: ["bad", "Not proven: at least one step failed."],
} as const;

/** Checks a proof in this browser: nothing is taken for true because the server says so. */
export function ProofSection({ operator, transfer }: { operator: string; transfer: string }) {
  const [typed, setTyped] = useState(transfer);
  const [found, setFound] = useState<{ operator: string; checked: CheckedProof }>();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const verify = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem("");
    setFound(undefined);
    try {
      const text = typed.trim();
      const asked = /^0x[0-9a-f]{64}$/i.test(text) ? text : "";
      const json = asked ? await getLogProof(asked) : readProof(text);
      setFound({ operator, checked: await checkProof(json, asked, operator) });
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="proofs">
      <h2 id="proofs" tabIndex={-1}>Verify a proof</h2>
      <p>Every change of a transfer is a leaf of a Merkle tree whose root the operator signs. This page hashes leaf and way to the root itself (SHA-256, RFC 6962), and recovers the signer from the signature (EIP-712).</p>
      <form class="card" onSubmit={(event) => void verify(event)}>
        <Field label="A transfer's id, or a proof" id="proof" hint="0x and 64 digits: the proof is fetched. Or the JSON that /v1/audit/log/proof or bridge audit prove gave: nothing is fetched.">
          <textarea id="proof" required rows={3} value={typed} spellcheck={false} aria-describedby="proof-hint" onInput={(event) => setTyped(event.currentTarget.value)} />
        </Field>
        <button class="primary" disabled={busy}>{busy ? "Checking…" : "Verify"}</button>
      </form>
      <div aria-live="polite">
        {problem && <Notice tone="bad">{problem}</Notice>}
        {found && found.operator === operator && <Result checked={found.checked} />}
        {found && found.operator !== operator && <Notice>You name another operator now: verify again.</Notice>}
      </div>
    </section>
  );
}

function Result({ checked }: { checked: CheckedProof }) {
  const [tone, text] = SAID[verdict(allSteps(checked))];
  return (
    <>
      <Notice tone={tone}>{text}</Notice>
      <Steps steps={checked.steps} label="What was checked of the checkpoint" />
      <h3>Leaves</h3>
      {checked.leaves.map(({ index, kind, change, at, entry, steps }, i) => (
        <details key={i} class="leaf" open={verdict(steps) === "failed" || undefined}>
          <summary><span class={`badge ${verdict(steps) === "passed" ? "good" : "bad"}`}>{verdict(steps) === "passed" ? "Passed" : "Failed"}</span> Leaf {index}: {kind} {change} <span class="hint">{at}</span></summary>
          <Steps steps={steps} label={`What was checked of leaf ${index}`} />
          <pre tabIndex={0} aria-label={`Entry of leaf ${index}`}>{entry}</pre>
        </details>
      ))}
    </>
  );
}

function readProof(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("This is neither a transfer's id (0x and 64 hexadecimal digits) nor JSON. Paste the whole answer.");
  }
}
