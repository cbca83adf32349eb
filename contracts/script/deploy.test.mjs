// The deployment script against two chains: what it puts there works, and a second run finds nothing to do.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { encodeFunctionData } from "viem";
import { withAnvil } from "./gas/anvil.mjs";
import { Bridge, build, load } from "./lib/artifacts.mjs";
import { connect } from "./lib/chain.mjs";
import { addressOf, ensure, saltOf } from "./lib/create2.mjs";

const script = fileURLToPath(new URL("deploy.mjs", import.meta.url));
// anvil's first account; its key is printed whenever anvil starts.
const DEPLOYER_PRIVATE_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const VALIDATORS = [1, 2, 3, 4].map((n) => `0x${String(n).repeat(40)}`);
const LIMIT = { capacity: String(10n ** 20n), period: 86_400 };
const env = { ...process.env, DEPLOYER_PRIVATE_KEY };

test("a chain's own coin is registered at its home, wrapped on the other chain, and can be sent", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bridge-deploy-"));
  try {
    await withAnvil(918_101, (alpha) => withAnvil(918_102, async (beta) => {
      const home = await connect({ name: "alpha", rpc: alpha }, DEPLOYER_PRIVATE_KEY);
      const config = join(folder, "deployment.json");
      writeFileSync(config, JSON.stringify({
        chains: [{ name: "alpha", rpc: alpha }, { name: "beta", rpc: beta }],
        validators: VALIDATORS, threshold: 3, delay: 0,
        assets: [{ id: 7, name: "Coin", symbol: "COIN", decimals: 18, home: "alpha", native: true, token: await wrapper(home), limit: LIMIT, minimumFee: "1000" }],
      }));
      const out = join(folder, "deployed.json");
      execFileSync(process.execPath, [script, "--config", config, "--out", out], { env, stdio: "ignore" });

      const { bridge, chains } = JSON.parse(readFileSync(out, "utf8"));
      assert.deepEqual(chains.map((chain) => chain.assets[0].mode), ["native", "mint"]);
      const amount = 10n ** 18n;
      const data = encodeFunctionData({ abi: Bridge.abi, functionName: "send", args: [918_102n, 7, home.deployer, amount, 1000n] });
      await home.transact("send", { to: bridge, value: amount, data });
      assert.equal(await home.reader.getBalance({ address: bridge }), amount);

      const again = spawnSync(process.execPath, [script, "--config", config, "--out", out], { env, encoding: "utf8" });
      assert.match(again.stderr, /nothing to do/);
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** What wraps the coin at its home, as WETH9 does. */
async function wrapper(chain) {
  build("test/tokens/WrappedCoin.sol");
  const initCode = load("WrappedCoin").initCode([]);
  await ensure(chain, "WrappedCoin", saltOf("wrapped coin"), initCode);
  return addressOf(saltOf("wrapped coin"), initCode);
}
