// Sending, by the person's own transactions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeFunctionData, encodeFunctionData, getAddress } from "viem";
import { connect, PHONE, requireAccessible, requireFits, visit } from "./browser.mjs";
import { arrived, balance, BRIDGE, browser, fill, person, TOKEN, UNIT, until, world } from "./scene.mjs";
import { snapshot } from "./snapshot.mjs";
import { TestWallet } from "./wallet.mjs";

test("a person bridges there and back, and each transaction is exactly what was typed", { timeout: 300_000 }, async () => {
  const wallet = await person(0);
  const { page, faults, close } = await visit(browser, world.url, { wallet });
  await requireAccessible(page);
  await connect(page);
  await fill(page, "250");
  await requireAccessible(page);
  await snapshot(page, "bridge-desktop");
  const before = await balance("beta", 1, wallet.account.address);
  await page.getByRole("button", { name: "Send 250 TUSD to beta" }).click();
  await page.waitForURL(/\/t\/0x/);
  await snapshot(page, "timeline-desktop", () => page.locator(".timeline li.done").nth(1).waitFor());
  await arrived(page);
  await requireAccessible(page);

  const [approval, sending] = wallet.asked;
  assert.deepEqual(decodeFunctionData({ abi: TOKEN, data: approval.data }).args, [getAddress(world.deployment.bridge), 250n * UNIT]);
  const [destination, asset, recipient, amount, fee] = decodeFunctionData({ abi: BRIDGE, data: sending.data }).args;
  assert.deepEqual([destination, asset, recipient, amount], [BigInt(world.chains.beta.id), 1, wallet.account.address, 250n * UNIT]);
  assert.equal((await balance("beta", 1, wallet.account.address)) - before, 250n * UNIT - fee);

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

test("what an API with a thief in it would have signed is refused before the wallet is asked", { timeout: 120_000 }, async () => {
  const wallet = await person(3);
  const { page, close } = await visit(browser, world.url, { wallet });
  const [{ address: thief }, sender] = [world.people[4].account, wallet.account.address];
  await page.route("**/v1/quotes", (route) => route.fulfill({ json: stolenQuote(thief, sender) }));
  await connect(page);
  await fill(page, "20");
  await page.locator(".quote").getByText("3 of 4 validators").waitFor();
  await page.getByRole("button", { name: "Send 20 TUSD to beta" }).click();
  await page.getByRole("alert").filter({ hasText: "not what you typed" }).waitFor();
  assert.deepEqual(wallet.asked, []);
  await close();
});

/** A quote that looks as it should, and whose calldata pays somebody else. */
function stolenQuote(thief, from) {
  const amount = String(20n * UNIT);
  const data = encodeFunctionData({ abi: BRIDGE, args: [BigInt(world.chains.beta.id), 1, thief, 20n * UNIT, 2000n] });
  const [source, destination] = ["alpha", "beta"].map((name) => `eip155:${world.chains[name].id}`);
  const money = (value) => ({ asset: source, assetId: "1", amount: value, symbol: "TUSD", decimals: 6 });
  return {
    quoteId: "q", expiresAt: new Date(Date.now() + 60_000).toISOString(), rejected: [],
    routes: [{
      routeId: "direct", score: 100, why: [], legs: [{ source, destination, lane: "x", recipient: from, amount, fee: "2000" }], input: money(amount), output: money("19998000"), fees: [],
      total: money("2000"), eta: { basis: "none" }, security: { threshold: 3, validators: 4, epoch: "1", finality: "finalized" }, headroom: {}, warnings: [],
      steps: [{ kind: "transaction", chain: source, describe: "Send", to: world.deployment.bridge, data, value: "0" }],
    }],
  };
}

test("who declines in the wallet has sent nothing, and is told so", { timeout: 120_000 }, async () => {
  const wallet = await person(3);
  const { page, close } = await visit(browser, world.url, { wallet });
  await connect(page);
  await fill(page, "20");
  wallet.agrees = false;
  await page.getByRole("button", { name: "Send 20 TUSD to beta" }).click();
  await page.getByRole("alert").filter({ hasText: "You declined in your wallet. Nothing was sent." }).waitFor();
  await close();
});

test("a transfer that is held for its size says until when, and is retried by hand", { timeout: 300_000 }, async () => {
  const wallet = await person(1, 2);
  const { page, faults, close } = await visit(browser, world.url, { wallet });
  await connect(page);
  await page.getByLabel("Asset").selectOption({ label: "HOLD" });
  await fill(page, "150");
  await page.getByText("More than 100 HOLD at once is held on beta").waitFor();
  await page.getByRole("button", { name: "Send 150 HOLD to beta" }).click();
  await page.getByRole("heading", { name: "What you can do" }).waitFor({ timeout: 120_000 });
  await requireAccessible(page);
  await page.getByRole("button", { name: "Switch to beta" }).click();
  await page.getByText("A transfer of this size is held for safety").waitFor();
  assert.ok(await page.getByRole("button", { name: "Retry" }).isDisabled());
  await snapshot(page, "held-desktop");
  await world.chains.beta.client.request({ method: "evm_increaseTime", params: [3600] });
  await page.locator(".actions").getByText("A retry pays it out").waitFor({ timeout: 120_000 });
  await page.getByRole("button", { name: "Retry" }).click();
  await arrived(page);
  assert.ok((await balance("beta", 2, wallet.account.address)) > 149n * UNIT);
  assert.deepEqual(faults, []);
  await close();
});

test("a transfer that can never be paid is refunded by its recipient, and the amount is back", { timeout: 300_000 }, async () => {
  const wallet = await person(2, 3);
  const { page, faults, close } = await visit(browser, world.url, { wallet, size: PHONE });
  await connect(page);
  await page.getByLabel("Asset").selectOption({ label: "TIGHT" });
  await fill(page, "80");
  await page.getByText("This could only be sent back").waitFor();
  await page.getByRole("button", { name: "Send 80 TIGHT to beta" }).click();
  await page.getByRole("button", { name: "Switch to beta" }).click({ timeout: 120_000 });
  await page.getByRole("button", { name: "Retry" }).click();
  await page.getByRole("alert").filter({ hasText: "limit" }).waitFor();
  await requireAccessible(page);
  await requireFits(page);
  await snapshot(page, "refund-phone");
  await page.getByRole("button", { name: "Refund" }).click();
  await page.locator(".standing").getByText("Sent back to alpha").waitFor({ timeout: 120_000 });
  await until(async () => (await balance("alpha", 3, wallet.account.address)) > 999n * UNIT, "the amount to be back");
  assert.deepEqual(faults, []);
  await close();
});

test("what neither end could ever pay is not sent", { timeout: 120_000 }, async () => {
  const wallet = await person(2, 5);
  const { page, close } = await visit(browser, world.url, { wallet });
  await connect(page);
  await page.getByLabel("Asset").selectOption({ label: "STUCK" });
  await page.getByLabel("Amount").fill("80");
  await page.getByText("No more than 50 STUCK can ever be paid at once on beta, and no more than 50 STUCK could come back to alpha").waitFor();
  await page.getByRole("button", { name: "Send 80 STUCK to beta" }).click();
  assert.deepEqual(wallet.asked, []);
  await close();
});

test("Abuse_32 a wallet that has left the chain without a word is asked to sign nothing", { timeout: 120_000 }, async () => {
  const wallet = await person(3);
  const { page, close } = await visit(browser, world.url, { wallet });
  await connect(page);
  await fill(page, "20");
  wallet.reported = world.chains.beta;
  await page.getByRole("button", { name: "Send 20 TUSD to beta" }).click();
  await page.getByRole("alert").filter({ hasText: `is on chain ${world.chains.beta.id} and not on ${world.chains.alpha.id}` }).waitFor();
  assert.deepEqual(wallet.asked, []);
  await close();
});

test("the test wallet lets a newcomer send by keyboard alone, on local chains", { timeout: 300_000 }, async () => {
  const newcomer = world.people[4].account;
  await new TestWallet(newcomer, world.chains).mint(world.deployment.tokens.alpha[0], 1000n * UNIT);
  const { page, faults, close } = await visit(browser, world.url);
  await press(page, "Connect wallet");
  await press(page, /^Test wallet/);
  await page.getByRole("button", { name: /^Disconnect/ }).waitFor();
  await page.getByLabel("Amount").focus();
  await page.keyboard.type("12.5");
  await page.locator(".quote .big").filter({ hasText: /\d/ }).waitFor();
  await page.keyboard.press("Enter");
  await arrived(page);
  assert.ok((await balance("beta", 1, newcomer.address)) > 12n * UNIT);
  assert.deepEqual(faults, []);
  await close();
});

async function press(page, name) {
  await page.getByRole("button", { name }).first().focus();
  await page.keyboard.press("Enter");
}
