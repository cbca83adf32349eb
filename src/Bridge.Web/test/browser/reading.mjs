// What the pages show of what was sent.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { PHONE, requireAccessible, requireFits, visit } from "./browser.mjs";
import { arrived, browser, until, world } from "./scene.mjs";
import { snapshot } from "./snapshot.mjs";

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

test("history lists an account's transfers, filters them, and saves them as CSV", { timeout: 120_000 }, async () => {
  const account = world.people[0].account.address;
  const { page, faults, close } = await visit(browser, world.url, { path: `/history?account=${account}` });
  await page.locator(".transfers tbody tr").nth(1).waitFor();
  await requireAccessible(page);
  await page.getByLabel("From").selectOption({ label: "beta" });
  await page.waitForURL(/source=/);
  await page.locator(".transfers").getByText("beta → alpha").waitFor();
  await until(async () => (await page.locator(".transfers tbody tr").count()) === 1, "one transfer");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download as CSV" }).click()]);
  const [head, row] = (await readFile(await download.path(), "utf8")).split("\r\n");
  assert.ok(head.startsWith("transfer,status,") && row.includes(account) && row.includes(",100,"), row);
  await page.getByLabel("From").selectOption({ label: "any" });
  await page.locator(".transfers tbody tr").nth(1).waitFor();
  await snapshot(page, "history-desktop");
  assert.deepEqual(faults, []);
  await close();
});

test("search finds a transfer by whatever is known of it, and says when nothing is", { timeout: 120_000 }, async () => {
  const { transfers: [transfer] } = await (await fetch(`${world.url}/v1/transfers?status=DONE&limit=1`)).json();
  const { page, faults, close } = await visit(browser, world.url, { path: "/search", size: PHONE });
  const search = async (text) => {
    await page.goto("/search");
    await page.getByLabel("Transaction, transfer or account").fill(text);
    await page.getByLabel("Transaction, transfer or account").press("Enter");
  };
  for (const hash of [transfer.transferId, transfer.source.txHash, transfer.destination.txHash]) {
    await search(hash);
    await page.waitForURL(`**/t/${transfer.transferId}`);
  }
  await search(`eip155:1:${transfer.source.sender}`);
  await page.waitForURL(/history\?account=/);
  await search(`0x${"ab".repeat(32)}`);
  await page.getByText("Nothing with this hash is known here. Read so far:").waitFor();
  await search("hello");
  await page.getByText("neither a hash").waitFor();
  await requireAccessible(page);
  assert.deepEqual(faults, []);
  await close();
});

test("every page fits a phone, passes the accessibility check in light and dark, and works by keyboard", { timeout: 300_000 }, async () => {
  for (const scheme of ["light", "dark"]) {
    for (const [name, path] of [["bridge", "/"], ["nft", "/nft"], ["history", `/history?account=${world.people[0].account.address}`], ["search", "/search"], ["status", "/status"], ["operator", "/operator"], ["audit", "/audit"], ["nothing", "/t/0x12"]]) {
      const { page, faults, close } = await visit(browser, world.url, { path, size: PHONE, scheme });
      if (path === "/status") await page.getByText("Everything works.").waitFor();
      await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => {}); // A page that keeps looking is never idle.
      await requireFits(page);
      await requireAccessible(page);
      if (scheme === "dark" && !["nft", "nothing", "search", "operator", "audit"].includes(name)) await snapshot(page, `${name}-phone`);
      assert.deepEqual(faults.filter((fault) => !/400/.test(fault)), [], path);
      await close();
    }
  }
});
