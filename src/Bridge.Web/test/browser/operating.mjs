// What an operator sees of a validator, the lanes, what is held, and what delivering brought in.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { encodeFunctionData } from "viem";
import { PHONE, requireAccessible, requireFits, visit } from "./browser.mjs";
import { BRIDGE, browser, person, TOKEN, UNIT, until, world } from "./scene.mjs";
import { snapshot } from "./snapshot.mjs";

const table = (page, name) => page.getByRole("table", { name, exact: true });
const paths = () => `/operator?validator=${world.validators[0]}&executor=${world.executor}`;

test("an operator's bookmark shows the validator, its lanes, what is held and why, and what was earned", { timeout: 300_000 }, async () => {
  const held = await sendHeld();
  const { page, faults, close } = await visit(browser, world.url, { path: paths() });
  await table(page, "My node").getByRole("row").filter({ hasText: "beta" }).getByText("counts").waitFor();
  assert.equal(await table(page, "My node").locator("tbody tr").count(), 2, "it sits in both sets");
  await table(page, "My node").locator('td[data-name="Signed"]').filter({ hasText: /^[1-9]/ }).first().waitFor();
  await page.getByText(/^\d+ components work$/).click();
  await table(page, "Components that work").getByText("log", { exact: true }).waitFor();
  await requireAccessible(page);
  await page.getByText(/^\d+ components work$/).click();
  await table(page, "Lanes").getByText("alpha → beta").waitFor();
  await table(page, "Holds").getByRole("row").filter({ hasText: "120 HOLD" }).getByText("LARGE_TRANSFER").waitFor({ timeout: 120_000 });
  assert.equal(await table(page, "Holds").locator(`a[href="/t/${held.transferId}"]`).count(), 1);
  await table(page, "Rewards by day").getByText("TUSD").first().waitFor();
  await snapshot(page, "operator-desktop", () => page.getByRole("heading", { name: "Lanes" }).evaluate((heading) => heading.scrollIntoView({ block: "center" })));
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download as CSV" }).click()]);
  const [head, row] = (await readFile(await download.path(), "utf8")).split("\r\n");
  assert.ok(head.startsWith("day,lane,executor,") && row.includes(world.executor), row);
  assert.deepEqual(faults, []);
  await close();
});

test("a halted lane says since when, why, and how it goes on", { timeout: 120_000 }, async () => {
  const lane = `${world.chains.alpha.id}:${world.chains.beta.id}`;
  await world.verb("lanes", "pause", "--lane", lane, "--by", "Ann", "--why", "we look at something");
  try {
    const { page, faults, close } = await visit(browser, world.url, { path: paths(), size: PHONE, scheme: "dark" });
    const row = table(page, "Lanes").locator("tr").filter({ hasText: "OPERATOR_PAUSE" });
    await row.getByText("we look at something").waitFor();
    await row.getByText(`bridge lanes resume --lane ${lane} `).waitFor();
    await page.getByRole("alert").filter({ hasText: "1 lane is halted" }).waitFor();
    await requireFits(page);
    await requireAccessible(page);
    await snapshot(page, "operator-phone", () => page.getByRole("heading", { name: "Lanes" }).evaluate((heading) => heading.scrollIntoView()));
    assert.deepEqual(faults, []);
    await close();
  } finally {
    await world.verb("lanes", "resume", "--lane", lane, "--by", "Ann", "--why", "it was nothing");
  }
});

test("without an address the console shows all, and of a stranger it says that nothing counts", { timeout: 120_000 }, async () => {
  const { page, faults, close } = await visit(browser, world.url, { path: "/operator" });
  await until(async () => (await table(page, "Validators").locator("tbody tr").count()) === 8, "four validators in two sets");
  await table(page, "Rewards by day").getByRole("row").nth(1).waitFor();
  await page.getByLabel("Validator", { exact: true }).fill("0x12");
  await page.getByText("An address is 0x and 40 hexadecimal digits.").waitFor();
  await page.getByLabel("Validator", { exact: true }).fill(world.people[8].account.address);
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(`**/operator?validator=${world.people[8].account.address}`);
  await page.getByText("It is in no set in force of alpha, beta").waitFor();
  await requireAccessible(page);
  assert.deepEqual(faults, []);
  await close();
});

/** More than is paid at once without a look, by its owner's own transaction. @returns the transfer, once it is held */
async function sendHeld() {
  const wallet = await person(7, 2);
  await wallet.send({ to: world.deployment.tokens.alpha[1], data: encodeFunctionData({ abi: TOKEN, functionName: "approve", args: [world.deployment.bridge, 120n * UNIT] }) });
  await wallet.send({ to: world.deployment.bridge, data: encodeFunctionData({ abi: BRIDGE, args: [BigInt(world.chains.beta.id), 2, wallet.account.address, 120n * UNIT, UNIT] }) });
  let found;
  await until(async () => {
    const { transfers } = await (await fetch(`${world.url}/v1/transfers?status=HELD&account=${wallet.account.address}`)).json();
    [found] = transfers;
    return found?.hold?.reason === "LARGE_TRANSFER";
  }, "the transfer to be held");
  return found;
}
