import { useState } from "preact/hooks";
import { createExport, type ExportRequest } from "../../api/audit.ts";
import type { Problem } from "../../api/problem.ts";
import { filledIn, FILTERS } from "../../audit/filters.ts";
import { Field, Notice } from "../../ui/parts.tsx";
import { ExportResult } from "./ExportResult.tsx";

/** The history of transfers as a file, with a manifest that its operator signed. @param operator who must have signed it; empty to leave that to the reader */
export function ExportSection({ operator }: { operator: string }) {
  const [format, setFormat] = useState("csv");
  const [typed, setTyped] = useState<Record<string, string>>({});
  // The key stays in this page's memory, and goes nowhere but into the header of its requests.
  const [bearer, setBearer] = useState("");
  const [asked, setAsked] = useState<{ id: string; bearer: string }>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const ask = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    setAsked(undefined);
    try {
      const request: ExportRequest = { format, filters: filledIn(typed) };
      const { id } = await createExport(request, bearer.trim(), crypto.randomUUID());
      setAsked({ id, bearer: bearer.trim() });
    } catch (error) {
      setProblem(error as Problem);
    } finally {
      setBusy(false);
    }
  };
  const wrong = (problem?.extensions?.errors ?? {}) as Record<string, string[]>;
  return (
    <section aria-labelledby="exports">
      <h2 id="exports" tabIndex={-1}>Export</h2>
      <p>One row for each transfer, as the audit log told it up to a signed size: the same question has the same bytes, whatever comes meanwhile.</p>
      <form class="card" onSubmit={(event) => void ask(event)}>
        <div class="fields">
          <Field label="API key" id="bearer" hint="With the scope auditor. It is forgotten with this page.">
            <input id="bearer" type="password" required autocomplete="off" value={bearer} aria-describedby="bearer-hint" onInput={(event) => setBearer(event.currentTarget.value)} />
          </Field>
          <Field label="Format" id="format">
            <select id="format" value={format} onChange={(event) => setFormat(event.currentTarget.value)}><option value="csv">CSV</option><option value="jsonl">JSON, one row a line</option></select>
          </Field>
        </div>
        <details open={Object.keys(wrong).length > 0 || undefined}>
          <summary>Filters{Object.keys(filledIn(typed)).length > 0 && ` (${Object.keys(filledIn(typed)).length})`}</summary>
          <div class="fields">
            {FILTERS.map((filter) => <Filter key={filter.name} {...filter} value={typed[filter.name] ?? ""} error={wrong[`filters.${filter.name}`]?.join(" ")} change={(value) => setTyped({ ...typed, [filter.name]: value })} />)}
          </div>
        </details>
        <button class="primary" disabled={busy}>{busy ? "Asking…" : "Have it written"}</button>
        {problem && <Notice tone="bad">{problem.message}</Notice>}
      </form>
      {asked && <ExportResult key={asked.id} {...asked} operator={operator} />}
    </section>
  );
}

interface FilterProps { name: string; label: string; example?: string; choices?: string[]; value: string; error: string | undefined; change: (value: string) => void }

const Filter = ({ name, label, example, choices, value, error, change }: FilterProps) => (
  <Field label={label} id={`filter-${name}`} error={error}>
    {choices
      ? <select id={`filter-${name}`} value={value} onChange={(event) => change(event.currentTarget.value)}><option value="">any</option>{choices.map((choice) => <option key={choice}>{choice}</option>)}</select>
      : <input id={`filter-${name}`} value={value} placeholder={example} spellcheck={false} autocomplete="off" onInput={(event) => change(event.currentTarget.value)} />}
  </Field>
);
