import { useRef, useState } from "preact/hooks";
import { short } from "../format/short.ts";
import { wallets } from "../wallet/discovery.ts";
import { walletMessage, type Wallet } from "../wallet/provider.ts";
import { connect, disconnect, session } from "../wallet/session.ts";
import { Notice } from "./parts.tsx";

const DIALOG = "wallets";

/** Opens the list of wallets, from anywhere. */
export const chooseWallet = () => (document.getElementById(DIALOG) as HTMLDialogElement).showModal();

export function WalletMenu() {
  const current = session.value;
  return (
    <div class="wallet">
      {current
        ? <button type="button" onClick={disconnect} title={current.account}><span class="visually-hidden">Disconnect </span>{short(current.account)} <span aria-hidden="true">✕</span></button>
        : <button type="button" class="primary" onClick={chooseWallet}>Connect wallet</button>}
      <WalletList />
    </div>
  );
}

function WalletList() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [failed, setFailed] = useState("");
  const [asked, setAsked] = useState("");
  const choose = async (wallet: Wallet) => {
    setFailed("");
    setAsked(wallet.info.uuid);
    try {
      await connect(wallet);
      dialog.current?.close();
    } catch (error) {
      setFailed(walletMessage(error));
    } finally {
      setAsked("");
    }
  };
  return (
    <dialog id={DIALOG} ref={dialog} aria-labelledby="wallets-title" onClose={() => setFailed("")}>
      <h2 id="wallets-title">Choose a wallet</h2>
      {wallets.value.length === 0 && <p>No wallet has announced itself in this browser. Install one that knows EIP-6963, as all common ones do, and reload this page.</p>}
      <ul class="wallets">
        {wallets.value.map((wallet) => (
          <li key={wallet.info.uuid}>
            <button type="button" onClick={() => void choose(wallet)} disabled={asked !== ""}>
              {/^data:image\//.test(wallet.info.icon) && <img src={wallet.info.icon} alt="" width="28" height="28" />}
              <span>{wallet.info.name}</span>
              {asked === wallet.info.uuid && <span class="hint">asks you…</span>}
            </button>
          </li>
        ))}
      </ul>
      {failed && <Notice tone="bad">{failed}</Notice>}
      <form method="dialog"><button class="quiet">Close</button></form>
    </dialog>
  );
}
