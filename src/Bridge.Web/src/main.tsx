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

const RETRY_MILLISECONDS = 5_000;

startRouter();
discoverWallets();
resumeSession();
render(<App />, document.getElementById("app")!);
void start();

async function start(): Promise<void> {
  try {
    await loadDeployment();
    if (deployment.value) offerTestWallet(deployment.value);
  } catch (error) {
    console.warn("the deployment is not known yet", error);
    setTimeout(() => void start(), RETRY_MILLISECONDS);
  }
}
