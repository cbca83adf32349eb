import type { Step } from "../audit/steps.ts";

const SAID = { passed: "Passed", failed: "Failed", open: "For you" };

/** What was checked, each thing plainly passed or failed. */
export const Steps = ({ steps, label }: { steps: Step[]; label: string }) => (
  <ol class="steps" aria-label={label}>
    {steps.map(({ title, state, detail }, i) => (
      <li key={i} class={state}><span class={`badge ${BADGES[state]}`}>{SAID[state]}</span> <span><strong>{title}</strong><span class="hint">{detail}</span></span></li>
    ))}
  </ol>
);

const BADGES = { passed: "good", failed: "bad", open: "warn" };
