import { getContent, getExport, type Export } from "../../api/audit.ts";
import { checkExport } from "../../audit/manifest.ts";
import { verdict, type Step } from "../../audit/steps.ts";
import { save } from "../../format/save.ts";
import { useLoaded } from "../../ui/hooks.ts";
import { Notice } from "../../ui/parts.tsx";
import { Steps } from "../../ui/Steps.tsx";

const TYPES: Record<string, string> = { csv: "text/csv", jsonl: "application/jsonl" };

const SAID = {
  passed: ["good", "The file is the one that was signed."],
  open: ["warn", "The file is the one that was signed; compare who signed it."],
  failed: ["bad", "Do not use this file: it is not what its operator signed."],
} as const;

/** Follows an export until it is written, fetches it, and checks it against its manifest before it is offered. */
export function ExportResult({ id, bearer, operator }: { id: string; bearer: string; operator: string }) {
  const followed = useFollowed(id, bearer);
  const done = followed.value?.content ? followed.value : undefined;
  const file = useLoaded(done ? `content ${id}` : "", () => getContent(done!.content!, bearer));
  const checked = useLoaded(file.value ? `check ${id} ${operator}` : "", () => checkExport(done!.manifest, file.value!, operator));
  const error = followed.error ?? file.error ?? checked.error;
  return (
    <div aria-live="polite">
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!checked.value && !error && <p role="status">{!done ? "A node with the role log is writing it…" : !file.value ? "Written. Fetching it…" : "Checking it…"}</p>}
      {done && file.value && checked.value && <Offer done={done} file={file.value} steps={checked.value} />}
    </div>
  );
}

function useFollowed(id: string, bearer: string) {
  // Asked again every second until it is done, and then no more.
  return useLoaded(`export ${id}`, async (signal) => {
    for (;;) {
      const now = await getExport(id, bearer, signal);
      if (now.status === "done") return now;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      signal.throwIfAborted();
    }
  });
}

function Offer({ done, file, steps }: { done: Export; file: Uint8Array; steps: Step[] }) {
  const [tone, text] = SAID[verdict(steps)];
  const name = `transfers-${done.treeSize}.${done.format}`;
  return (
    <>
      <Notice tone={tone}>{text} {done.rows} rows, {file.length} bytes, of a log of {done.treeSize} leaves.</Notice>
      <Steps steps={steps} label="What was checked of the export" />
      <div class="row">
        <button type="button" onClick={() => save(file, name, TYPES[done.format] ?? "application/octet-stream")}>Save the data</button>
        <button type="button" onClick={() => save(`${JSON.stringify(done.manifest, null, 2)}\n`, `${name}.manifest.json`, "application/json")}>Save the manifest</button>
        <span class="hint">Both once more, without this page: <code>bridge audit verify {name}</code></span>
      </div>
    </>
  );
}
