import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Hex } from "viem";
import type { Chain } from "../api/deployment.ts";
import { go } from "../router.ts";
import { rememberTransfer } from "../signing/recent.ts";
import { Notice } from "../ui/parts.tsx";
import { chooseWallet } from "../ui/WalletMenu.tsx";
import { switchTo } from "../wallet/networks.ts";
import { walletMessage } from "../wallet/provider.ts";
import { session } from "../wallet/session.ts";

interface Sending {
  source: Chain;
  destination: Chain;
  /** Sends what is typed; undefined while that cannot be sent. @returns the transaction's hash */
  send: ((say: (what: string) => void) => Promise<Hex>) | undefined;
  /** What the person's list of transfers calls it. */
  text: string;
  /** What the button says once the wallet is connected and on the source. */
  button: string;
  /** The id of the field to look at when nothing is marked as wrong. */
  first: string;
  obstacle: string | undefined;
  /** Why the chain cannot be read. */
  unreadable: Error | undefined;
  children: ComponentChildren;
}

/** A form with one button: connects, switches, or sends, then shows the transfer. */
export function SendingForm({ source, destination, send, text, button, first, obstacle, unreadable, children }: Sending) {
  const [saying, setSaying] = useState("");
  const [failed, setFailed] = useState("");
  const current = session.value;
  const onSource = current?.chain === source.id;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!current) return chooseWallet();
    setFailed("");
    try {
      if (!onSource) return await switchTo(current, source);
      if (!send) return document.querySelector<HTMLElement>(`[aria-invalid=true], #${first}`)?.focus();
      setSaying("Looking at the chain…");
      const hash = await send(setSaying);
      rememberTransfer({ hash, chain: source.id, destination: destination.id, text, at: new Date().toISOString() });
      go(`/t/${hash}`);
    } catch (failure) {
      setFailed(walletMessage(failure));
    } finally {
      setSaying("");
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate aria-busy={saying !== ""}>
      {children}
      {obstacle && <Notice tone="bad">{obstacle}</Notice>}
      {unreadable && <Notice tone="bad">The chain cannot be read through your wallet: {walletMessage(unreadable)}</Notice>}
      {failed && <Notice tone="bad">{failed}</Notice>}
      <button type="submit" class="primary wide" disabled={saying !== "" || obstacle !== undefined}>{!current ? "Connect wallet" : onSource ? button : `Switch to ${source.name}`}</button>
      <div role="status" aria-live="polite" class="saying">{saying}</div>
    </form>
  );
}
