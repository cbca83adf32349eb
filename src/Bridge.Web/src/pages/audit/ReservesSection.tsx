import { useState } from "preact/hooks";
import { getReserves, type Reserves } from "../../api/audit.ts";
import { chainName } from "../../api/deployment.ts";
import { save } from "../../format/save.ts";
import { when } from "../../format/time.ts";
import { Notice } from "../../ui/parts.tsx";

/** The proof of reserves as a file, which `bridge audit reserves verify` checks without asking anybody. */
export function ReservesSection({ at }: { at: string }) {
  const [said, setSaid] = useState<{ tone: "plain" | "good" | "warn"; text: string }>();
  const download = async () => {
    setSaid({ tone: "plain", text: "Fetching it…" });
    try {
      const file = await getReserves(at);
      const { takenAt, chains, proofs } = JSON.parse(new TextDecoder().decode(file)) as Reserves;
      save(file, `reserves-${takenAt.replaceAll(":", "")}.json`, "application/json");
      const [proven, missing] = [proofs.filter(({ proof }) => proof !== undefined), proofs.filter(({ proof }) => proof === undefined)];
      const blocks = chains.map(({ chain, block }) => `${chainName(chain)} at block ${block}`).join(", ");
      setSaid({
        tone: missing.length > 0 ? "warn" : "good",
        text: `Saved: ${proven.length} storage proofs, taken ${when(takenAt)}, ${blocks}.${missing.map(({ kind, assetId, chain, whyNot }) => ` No proof of the ${kind} of asset ${assetId} on ${chainName(chain)}: ${whyNot}`).join("")}`,
      });
    } catch (error) {
      setSaid({ tone: "warn", text: (error as Error).message });
    }
  };
  return (
    <section aria-labelledby="reserves">
      <h2 id="reserves" tabIndex={-1}>Reserves</h2>
      <p>The same figures with storage proofs of every escrow, balance and supply. Who has the file needs no node: <code>bridge audit reserves verify FILE</code></p>
      <button type="button" onClick={() => void download()}>Download the proof of reserves</button>
      {said && (said.tone === "plain" ? <p role="status">{said.text}</p> : <Notice tone={said.tone}>{said.text}</Notice>)}
    </section>
  );
}
