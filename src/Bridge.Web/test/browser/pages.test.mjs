// The pages as people meet them: a real browser, a wallet, and a whole bridge behind them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { decodeFunctionData, parseAbi } from "viem";
import { connect, launch, PHONE, requireAccessible, requireFits, visit } from "./browser.mjs";
import { snapshot } from "./snapshot.mjs";
import { TestWallet } from "./wallet.mjs";
import { startWorld } from "./world.mjs";

const UNIT = 10n ** 6n;
const BRIDGE = parseAbi(["function send(uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee)"]);
const TOKEN = parseAbi(["function approve(address spender, uint256 amount)", "function balanceOf(address account) view returns (uint256)"]);

let world, browser;
before(async () => {
  [world, browser] = await Promise.all([startWorld(), launch()]);
}, { timeout: 300_000 });
after(async () => {
  await browser?.close();
  await world?.stop();
});

const balance = (chain, asset, account) =>
  world.chains[chain].client.readContract({ address: world.deployment.tokens[chain][asset - 1], abi: TOKEN, functionName: "balanceOf", args: [account] });

/** Somebody with 1000 of an asset on alpha. */
async function person(index, asset = 1) {
  const wallet = new TestWallet(world.people[index].account, world.chains);
  await wallet.mint(world.deployment.tokens.alpha[asset - 1], 1000n * UNIT);
  for (let tries = 0; (await balance("alpha", asset, wallet.account.address)) === 0n; tries++) {
    assert.ok(tries < 100, "the tokens were not minted");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return wallet;
}

async function fill(page, amount) {
  await page.getByLabel("Amount").fill(amount);
  await page.locator(".quote .big").filter({ hasText: /\d/ }).waitFor();
}

const arrived = (page) => page.locator(".standing").getByText(/^Arrived on \w+$/).waitFor({ timeout: 120_000 });

test("a person bridges there and back, and each transaction is exactly what was typed", { timeout: 300_000 }, async () => {
  const wallet = await person(0);
  const { page, faults, close } = await visit(browser, world.url, { wallet });
  await requireAccessible(page);
  await connect(page);
  await fill(page, "250");
  await requireAccessible(page);
  await snapshot(page, "bridge-desktop");
  await page.getByRole("button", { name: "Send 250 TUSD to beta" }).click();
  await page.waitForURL(/\/t\/0x/);
  await snapshot(page, "timeline-desktop", () => page.locator(".timeline li.done").nth(1).waitFor());
  await arrived(page);
  await requireAccessible(page);

  const [approval, sending] = wallet.asked;
  assert.deepEqual(decodeFunctionData({ abi: TOKEN, data: approval.data }).args, [world.deployment.bridge, 250n * UNIT]);
  const [destination, asset, recipient, amount, fee] = decodeFunctionData({ abi: BRIDGE, data: sending.data }).args;
  assert.deepEqual([destination, asset, recipient, amount], [BigInt(world.chains.beta.id), 1, wallet.account.address, 250n * UNIT]);
  assert.equal(await balance("beta", 1, wallet.account.address), 250n * UNIT - fee);

  await page.getByRole("link", { name: "Bridge", exact: true }).click();
  await page.getByRole("button", { name: "Turn around" }).click();
  await page.getByRole("button", { name: "Switch to beta" }).click();
  await fill(page, "100");
  await page.getByRole("button", { name: "Send 100 TUSD to alpha" }).click();
  await arrived(page);
  assert.equal(wallet.asked.length, 3, "a wrapped token needs no approval");
  assert.deepEqual(faults, []);
  await close();
});

test("the link of a transfer shows it to somebody without a wallet, by its id and by both transactions", { timeout: 120_000 }, async () => {
  const { transfers } = await (await fetch(`${world.url}/v1/transfers?status=DONE&limit=1`)).json();
  const [transfer] = transfers;
  for (const id of [transfer.transferId, transfer.source.txHash, transfer.destination.txHash]) {
    const { page, faults, close } = await visit(browser, world.url, { path: `/t/${id}` });
    await arrived(page);
    assert.equal(await page.locator(".timeline li.done").count(), 5);
    assert.deepEqual(faults, []);
    await close();
  }
});
