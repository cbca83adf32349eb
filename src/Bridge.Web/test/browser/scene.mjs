// What all tests of the pages share: one whole bridge, one browser, and what a person does.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { parseAbi } from "viem";
import { launch } from "./browser.mjs";
import { TestWallet } from "./wallet.mjs";
import { startWorld } from "./world.mjs";

export const UNIT = 10n ** 6n;
export const BRIDGE = parseAbi(["function send(uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee)"]);
export const TOKEN = parseAbi(["function approve(address spender, uint256 amount)", "function balanceOf(address account) view returns (uint256)"]);

export let world, browser;
before(async () => {
  world = await startWorld();
  browser = await launch();
}, { timeout: 400_000 });
after(async () => {
  await browser?.close();
  await world?.stop();
});

export const balance = (chain, asset, account) =>
  world.chains[chain].client.readContract({ address: world.deployment.tokens[chain][asset - 1], abi: TOKEN, functionName: "balanceOf", args: [account] });

/** Somebody with some of an asset on alpha: 1000 if it has 6 decimals. */
export async function person(index, asset = 1, amount = 1000n * UNIT) {
  const wallet = new TestWallet(world.people[index].account, world.chains);
  await wallet.mint(world.deployment.tokens.alpha[asset - 1], amount);
  return wallet;
}

export async function fill(page, amount) {
  await page.getByLabel("Amount").fill(amount);
  await page.locator(".quote .big").filter({ hasText: /\d/ }).waitFor();
}

export const arrived = (page) => page.locator(".standing").getByText(/^Arrived on \w+$/).waitFor({ timeout: 120_000 });

export async function until(holds, what) {
  for (const end = Date.now() + 120_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 250))) {
    assert.ok(Date.now() < end, `waited in vain for ${what}`);
  }
}
