// What an auditor reconciles, downloads and proves, with nothing believed.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PHONE, requireAccessible, requireFits, visit } from "./browser.mjs";
import { browser, until, world } from "./scene.mjs";
import { snapshot } from "./snapshot.mjs";

const path = () => `/audit?operator=${world.logOperator}`;

test("an auditor sees that it adds up, saves the reserves, and a gap stands out", { timeout: 300_000 }, async () => {
  const { page, faults, close } = await visit(browser, world.url, { path: path() });
  await page.getByText("It adds up: no asset has a gap.").waitFor({ timeout: 120_000 });
  await page.getByRole("table", { name: "Reconciliation by asset" }).getByText("TUSD").waitFor();
  const blocks = page.getByRole("table", { name: "Blocks of the reconciliation" });
  await blocks.getByText("alpha").waitFor();
  await requireAccessible(page);
  await snapshot(page, "audit-desktop");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download the proof of reserves" }).click()]);
  const reserves = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.ok(reserves.proofs.some(({ kind, proof }) => kind === "escrow" && proof), "it has storage proofs");
  await page.getByText(/^Saved: \d+ storage proofs/).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test("a gap stands out, also one that the API denies", { timeout: 120_000 }, async () => {
  const { page, close } = await visit(browser, world.url, { path: "/search" });
  let gap = "-5000000";
  await page.route("**/v1/audit/reconciliation*", async (route) => {
    const response = await route.fetch();
    const stated = await response.json();
    const asset = stated.assets.find(({ assetId }) => assetId === "1");
    [asset.minted[0].supply, asset.gap] = [String(BigInt(asset.minted[0].supply) + 5_000_000n), gap];
    await route.fulfill({ response, json: stated });
  });
  await page.goto("/audit");
  await page.getByRole("alert").filter({ hasText: "5 TUSD exist that nothing covers." }).waitFor();
  await page.locator(".gap.bad").getByText("-5").waitFor();
  await requireAccessible(page);
  gap = "0";
  await page.reload();
  await page.getByRole("alert").filter({ hasText: "The API states a gap of 0 TUSD; its own figures give -5." }).waitFor();
  await close();
});

test("an export is followed, checked against its signed manifest and saved, and an altered one is refused", { timeout: 300_000 }, async () => {
  const { page, faults, close } = await visit(browser, world.url, { path: path() });
  const ask = async (key) => {
    await page.getByLabel("API key").fill(key);
    await page.getByRole("button", { name: "Have it written" }).click();
  };
  await page.getByText("Filters", { exact: true }).click();
  await page.getByLabel("Asset", { exact: true }).fill("one");
  await ask(world.auditorKey);
  await page.locator("#filter-asset-error").getByText("'one' is not an asset id in decimal.").waitFor();
  await page.getByLabel("Asset", { exact: true }).fill("1");
  await ask(world.auditorKey);
  await page.getByText("The file is the one that was signed.").waitFor({ timeout: 120_000 });
  await requireAccessible(page);
  const folder = await mkdtemp(join(tmpdir(), "bridge-export."));
  try {
    const saved = async (button, ending) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
      assert.ok(download.suggestedFilename().endsWith(ending), download.suggestedFilename());
      await download.saveAs(join(folder, `export${ending}`));
      return readFile(join(folder, `export${ending}`));
    };
    const [file, manifest] = [await saved("Save the data", ".csv"), JSON.parse(await saved("Save the manifest", ".csv.manifest.json"))];
    assert.equal(manifest.sha256, `0x${createHash("sha256").update(file).digest("hex")}`);
    assert.deepEqual([manifest.filters, file.toString().split("\r\n").length - 2], [{ asset: "1" }, Number(manifest.rows)]);
    await world.verb("audit", "verify", join(folder, "export.csv"), "--operator", world.logOperator);
  } finally {
    await rm(folder, { recursive: true });
  }
  assert.deepEqual(faults.filter((fault) => !/status of 400/.test(fault)), []);

  await page.route("**/v1/audit/exports/*/content", async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    assert.match(text, /,DONE,/);
    await route.fulfill({ response, body: text.replace(",DONE,", ",FAILED,") });
  });
  await ask(world.auditorKey);
  await page.getByRole("alert").filter({ hasText: "Do not use this file" }).waitFor({ timeout: 120_000 });
  await ask(world.auditorKey.replace(/.$/, (last) => (last === "0" ? "1" : "0")));
  await page.getByRole("alert").filter({ hasText: "The key is wrong, expired or revoked." }).waitFor();
  await close();
});

test("a proof is verified in the browser, and a tampered one and a stranger's are refused", { timeout: 300_000 }, async () => {
  const { transfers: [{ transferId }] } = await (await fetch(`${world.url}/v1/transfers?status=DONE&limit=1`)).json();
  let proof;
  await until(async () => {
    const response = await fetch(`${world.url}/v1/audit/log/proof/${transferId}`);
    proof = response.ok ? await response.json() : undefined;
    return proof !== undefined;
  }, "the log to tell of the transfer");
  const { page, faults, close } = await visit(browser, world.url, { path: path(), size: PHONE, scheme: "dark" });
  const verify = async (text) => {
    await page.getByLabel("A transfer's id, or a proof").fill(text);
    await page.getByRole("button", { name: "Verify" }).click();
  };
  const failed = (title) => page.locator(".steps li.failed").filter({ hasText: title }).first();

  await verify(transferId);
  await page.getByText("Proven: the log of the operator whom you name tells this of the transfer.").waitFor();
  await page.locator(".steps li.passed").filter({ hasText: "The operator's signature holds" }).getByText(world.logOperator).waitFor();
  assert.equal(await page.locator(".steps li:not(.passed)").count(), 0);
  assert.ok((await page.locator(".leaf").count()) >= 3, "it was sent, observed and final at least");
  await page.locator(".leaf summary").first().click();
  await page.locator(".leaf pre").first().getByText(transferId).waitFor();
  await requireAccessible(page);
  await requireFits(page);
  await snapshot(page, "audit-phone", () => page.getByRole("heading", { name: "Verify a proof" }).evaluate((heading) => heading.scrollIntoView()));

  await verify(JSON.stringify({ ...proof, leaves: proof.leaves.map((leaf, i) => (i === 0 ? { ...leaf, entry: leaf.entry.replace(/"amount":"\d/, '"amount":"9') } : leaf)) }));
  await page.getByRole("alert").filter({ hasText: "Not proven" }).waitFor();
  await failed("Its hash is that of its text").waitFor();
  await failed("It leads to the checkpoint's root").waitFor();
  await requireAccessible(page);

  await page.getByLabel("The log's operator").fill(world.executor);
  await verify(transferId);
  await failed("The signer is the operator whom you name").waitFor();
  await verify("hello");
  await page.getByRole("alert").filter({ hasText: "neither a transfer's id" }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});
