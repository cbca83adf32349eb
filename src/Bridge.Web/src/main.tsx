import { render } from "preact";
import { deployment, loadDeployment } from "./api/deployment.ts";
import { App } from "./App.tsx";
import { startRouter } from "./router.ts";
import "./style/base.css";
import "./style/parts.css";
import "./style/pages.css";
import { discoverWallets } from "./wallet/discovery.ts";
import { resumeSession } from "./wallet/session.ts";
import { offerTestWallet } from "./wallet/testWallet.ts";

const RETRY_MILLISECONDS = 3_000;
const REFRESH_MILLISECONDS = 60_000;

startRouter();
discoverWallets();
resumeSession();
render(<App />, document.getElementById("app")!);
void start();

/** Reads what there is to choose from, soon again while the watchers have not read all chains yet. */
async function start(): Promise<void> {
  try {
    await loadDeployment();
    if (deployment.value) offerTestWallet(deployment.value);
  } catch (error) {
    console.warn("the deployment cannot be read now", error);
  }
  setTimeout(() => void start(), isComplete() ? REFRESH_MILLISECONDS : RETRY_MILLISECONDS);
}

function isComplete(): boolean {
  const { chains = [], lanes = [], assets = [] } = deployment.value ?? {};
  return assets.length > 0 && lanes.length > 0 && lanes.every(({ source, destination }) => [source, destination].every((end) => chains.some(({ id }) => id === end)));
}
