import { useEffect, useState } from "preact/hooks";
import { go } from "../router.ts";
import { Field } from "./parts.tsx";

/** Leads to whatever a person has in their clipboard. @param replace instead of adding a step to the browser's history */
export function SearchForm({ asked = "", replace = false }: { asked?: string; replace?: boolean }) {
  const [typed, setTyped] = useState(asked);
  useEffect(() => setTyped(asked), [asked]);
  const submit = (event: Event) => {
    event.preventDefault();
    go(typed.trim() ? `/search?q=${encodeURIComponent(typed.trim())}` : "/search", replace);
  };
  return (
    <form role="search" class="search" onSubmit={submit}>
      <Field label="Transaction, transfer or account" id="q" hint="The hash of a transaction on either chain, a transfer's id, or an account such as 0x… or eip155:1:0x…">
        <div class="amount"><input id="q" value={typed} spellcheck={false} autocomplete="off" aria-describedby="q-hint" onInput={(event) => setTyped(event.currentTarget.value)} /><button class="primary">Search</button></div>
      </Field>
    </form>
  );
}
