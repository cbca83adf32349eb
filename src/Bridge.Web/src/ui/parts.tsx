import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { explorerLink } from "../api/deployment.ts";
import { short } from "../format/short.ts";
import { when } from "../format/time.ts";

type Tone = "plain" | "good" | "warn" | "bad";

/** Something the reader should know. Anything but plain is also said by a screen reader, when it appears. */
export function Notice({ tone = "plain", children }: { tone?: Tone; children: ComponentChildren }) {
  return <div class={`notice ${tone}`} role={tone === "bad" ? "alert" : tone === "plain" ? undefined : "status"}>{children}</div>;
}

/** A heading that takes the focus when its page comes up. */
export function Heading({ children }: { children: ComponentChildren }) {
  return <h1 tabIndex={-1}>{children}</h1>;
}

export function Field({ label, id, error, hint, children }: { label: string; id: string; error?: string | undefined; hint?: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint && <div class="hint" id={`${id}-hint`}>{hint}</div>}
      {error && <div class="error" id={`${id}-error`}>{error}</div>}
    </div>
  );
}

/** A long hexadecimal word, cut for the eye, whole for copying. */
export function Word({ value, chain, kind, label }: { value: string; chain?: string; kind?: "tx" | "address"; label?: string }) {
  const link = chain && kind ? explorerLink(chain, kind, value) : undefined;
  return (
    <span class="word">
      {link ? <a href={link} rel="noreferrer" target="_blank" title={value}>{short(value)}</a> : <code title={value}>{short(value)}</code>}
      <CopyButton text={value} label={label ?? value} />
    </span>
  );
}

export function CopyButton({ text, label, children }: { text: string; label: string; children?: ComponentChildren }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <button type="button" class="quiet" aria-label={children ? undefined : `Copy ${label}`} onClick={() => void copy()}>
      {copied ? "Copied" : (children ?? <CopySign />)}
    </button>
  );
}

const CopySign = () => (
  <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M5 5V2h9v9h-3M2 5h9v9H2z" fill="none" stroke="currentColor" stroke-width="1.4" /></svg>
);

export const Time = ({ at }: { at: string }) => <time dateTime={at}>{when(at)}</time>;
