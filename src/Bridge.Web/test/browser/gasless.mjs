// Transfers that are signed, and that somebody else sends for a fee.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseEther } from "viem";
import { connect, requireAccessible, visit } from "./browser.mjs";
import { arrived, balance, browser, person, until, UNIT, world } from "./scene.mjs";
import { snapshot } from "./snapshot.mjs";

const LABEL = "Pay no gas";

/** The form, filled in for somebody who pays no gas. @param prepare does something to the page before */
async function begin(wallet, asset, amount, prepare = () => {}) {
  await until(hasSubmitter, "a submitter");
  const visitor = await visit(browser, world.url, { wallet });
  const { page } = visitor;
  await prepare(page);
  await connect(page);
  await page.getByLabel("Asset").selectOption({ label: asset });
  await page.getByLabel(LABEL).check();
  await page.getByLabel("Amount").fill(amount);
  await page.locator(".quote").getByText("for whoever pays the gas").waitFor();
  await page.locator(".quote .big").filter({ hasText: /\d/ }).waitFor();
  return visitor;
}

async function hasSubmitter() {
  const { chains } = await (await fetch(`${world.url}/pages/deployment.json`)).json();
  return chains.find(({ id }) => id === String(world.chains.alpha.id))?.gasless;
}

test("with a token that takes signatures, a person without any coin sends, and pays no gas", { timeout: 300_000 }, async () => {
  const wallet = await person(7, 4, parseEther("1000"));
  const { client } = world.chains.alpha;
  const { page, faults, close } = await begin(wallet, "AUT", "40");
  await client.request({ method: "anvil_setBalance", params: [wallet.account.address, "0x0"] });
  await requireAccessible(page);
  await snapshot(page, "gasless-desktop");
  await page.getByRole("button", { name: "Send 40 AUT to beta" }).click();
  await arrived(page);

  assert.deepEqual([wallet.asked, wallet.signed.length], [[], 1]);
  assert.equal(wallet.signed[0].primaryType, "ReceiveWithAuthorization");
  assert.equal(await client.getBalance({ address: wallet.account.address }), 0n);
  assert.equal(await balance("alpha", 4, wallet.account.address), parseEther("960"), "all fees are within what was typed");
  assert.ok((await balance("beta", 4, wallet.account.address)) > parseEther("39"));
  assert.deepEqual(faults, []);
  await client.request({ method: "anvil_setBalance", params: [wallet.account.address, "0x3635c9adc5dea00000"] });
  await close();
});

test("with any other token, one approval comes first, and then signatures do", { timeout: 300_000 }, async () => {
  const wallet = await person(7);
  const { page, faults, close } = await begin(wallet, "TUSD", "40");
  await page.getByRole("button", { name: "Send 40 TUSD to beta" }).click();
  await arrived(page);
  assert.deepEqual([wallet.asked.length, wallet.signed.length, wallet.signed[0].primaryType], [1, 1, "Intent"]);
  const { amount, relayerFee, recipient } = wallet.signed[0].message;
  assert.deepEqual([BigInt(amount) + BigInt(relayerFee), recipient], [40n * UNIT, wallet.account.address]);
  assert.equal(await balance("alpha", 1, wallet.account.address), 960n * UNIT);
  assert.deepEqual(faults, []);
  await close();
});

test("a signature for a contract that the Bridge does not let send for others is refused", { timeout: 120_000 }, async () => {
  const wallet = await person(8);
  const thief = world.people[4].account.address;
  const { page, close } = await begin(wallet, "TUSD", "25", (page) => changeTypedData(page, ({ domain }) => (domain.verifyingContract = thief)));
  await page.getByRole("button", { name: "Send 25 TUSD to beta" }).click();
  await page.getByRole("alert").filter({ hasText: "a contract that the Bridge does not let send for others" }).waitFor();
  assert.deepEqual([wallet.asked, wallet.signed], [[], []]);
  await close();
});

const changes = {
  recipient: (message, thief) => (message.recipient = thief),
  "relayer's fee": (message) => (message.relayerFee = String(BigInt(message.relayerFee) + UNIT)),
  deadline: (message) => (message.deadline = "99999999999"),
};
for (const [part, change] of Object.entries(changes)) {
  test(`typed data with another ${part} is refused before the wallet is asked for anything`, { timeout: 120_000 }, async () => {
    const wallet = await person(8);
    const { page, close } = await begin(wallet, "TUSD", "25", (page) => changeTypedData(page, ({ message }) => change(message, world.people[4].account.address)));
    await page.getByRole("button", { name: "Send 25 TUSD to beta" }).click();
    await page.getByRole("alert").filter({ hasText: "not what you typed" }).waitFor();
    assert.deepEqual([wallet.asked, wallet.signed], [[], []]);
    await close();
  });
}

/** An API that offers the right way and wants something else signed. */
const changeTypedData = (page, change) => page.route("**/v1/quotes", async (route) => {
  const response = await route.fetch();
  const quote = await response.json();
  for (const { typedData } of (quote.routes ?? []).flatMap(({ steps }) => steps)) if (typedData) change(typedData);
  await route.fulfill({ response, json: quote });
});
