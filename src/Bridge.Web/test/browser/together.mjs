// Approval and transfer in one go, with a wallet that can (EIP-5792).
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeFunctionData, encodeFunctionData, getAddress } from "viem";
import { connect, visit } from "./browser.mjs";
import { arrived, balance, BRIDGE, browser, fill, person, TOKEN, UNIT, world } from "./scene.mjs";

test("a wallet that takes several calls at once is asked once, for exactly what was typed", { timeout: 300_000 }, async () => {
  const wallet = await person(5);
  wallet.isAtomic = true;
  const { page, faults, close } = await visit(browser, world.url, { wallet });
  await connect(page);
  await fill(page, "30");
  await page.getByRole("button", { name: "Send 30 TUSD to beta" }).click();
  await arrived(page);

  assert.deepEqual([wallet.asked.length, wallet.bundles.length], [0, 1]);
  const [{ calls, ...bundle }] = wallet.bundles;
  assert.deepEqual([bundle.atomicRequired, Number(bundle.chainId), getAddress(bundle.from)], [true, world.chains.alpha.id, wallet.account.address]);
  const [approval, sending] = calls;
  assert.deepEqual(decodeFunctionData({ abi: TOKEN, data: approval.data }).args, [getAddress(world.deployment.bridge), 30n * UNIT]);
  const [destination, asset, recipient, amount] = decodeFunctionData({ abi: BRIDGE, data: sending.data }).args;
  assert.deepEqual([destination, asset, recipient, amount], [BigInt(world.chains.beta.id), 1, wallet.account.address, 30n * UNIT]);
  assert.ok((await balance("beta", 1, wallet.account.address)) > 29n * UNIT);
  assert.deepEqual(faults, []);
  await close();
});

for (const [part, index] of [["approval", 0], ["transfer", 1]]) {
  test(`calls whose ${part} pays a thief are refused before the wallet is asked for anything`, { timeout: 120_000 }, async () => {
    const wallet = await person(6);
    wallet.isAtomic = true;
    const { page, close } = await visit(browser, world.url, { wallet });
    await page.route("**/v1/quotes", async (route) => {
      const response = await route.fetch();
      const quote = await response.json();
      for (const { calls } of quote.routes.filter((found) => found.calls)) calls.calls[index].data = stolen(index);
      await route.fulfill({ response, json: quote });
    });
    await connect(page);
    await fill(page, "20");
    await page.locator(".quote").getByText("3 of 4 validators").waitFor();
    await page.getByRole("button", { name: "Send 20 TUSD to beta" }).click();
    await page.getByRole("alert").filter({ hasText: "not what you typed" }).waitFor();
    assert.deepEqual([wallet.asked, wallet.bundles], [[], []]);
    await close();
  });
}

function stolen(index) {
  const thief = world.people[4].account.address;
  return index === 0
    ? encodeFunctionData({ abi: TOKEN, functionName: "approve", args: [thief, 20n * UNIT] })
    : encodeFunctionData({ abi: BRIDGE, args: [BigInt(world.chains.beta.id), 1, thief, 20n * UNIT, 2000n] });
}
