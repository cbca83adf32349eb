// Chromium, and what every test does with a page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const DESKTOP = { width: 1180, height: 900 };
export const PHONE = { width: 375, height: 812 };

export const launch = () => chromium.launch({
  executablePath: process.env.BRIDGE_BROWSER ?? "/usr/bin/chromium",
  // Chromium refuses its sandbox to root.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});

/** A visitor: a browser of their own, with the faults that the page met. */
export async function visit(browser, url, { wallet, size = DESKTOP, scheme = "light", path = "/" } = {}) {
  const context = await browser.newContext({ viewport: size, colorScheme: scheme, baseURL: url, acceptDownloads: true, permissions: ["clipboard-read", "clipboard-write"] });
  context.setDefaultTimeout(60_000);
  if (wallet) await wallet.install(context);
  const page = await context.newPage();
  wallet?.attach(page);
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.stack));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (404|405|409|422|503)/.test(message.text()) && !/MIME type/.test(message.text())) faults.push(message.text());
  });
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== url && !/^http:\/\/127\.0\.0\.1:\d+\/$/.test(request.url())) faults.push(`a request to ${request.url()}`);
  });
  await page.goto(path);
  await page.locator("h1").waitFor();
  return { page, faults, close: () => context.close() };
}

export async function connect(page) {
  await page.locator("header").getByRole("button", { name: "Connect wallet" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Fox of the tests" }).click();
  await page.getByRole("button", { name: /^Disconnect/ }).waitFor();
}

/** No violation of WCAG 2.2 A and AA that a program can find. */
export async function requireAccessible(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`), []);
}

/** Nothing sticks out to the side. */
export async function requireFits(page) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(content <= window, `the page is ${content} wide, the window ${window}`);
}
