import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { alerts, haltCodes, holdReasons, list, read, root } from "./files.mjs";

const pages = (folder) => list(`ops/runbook/${folder}`, ".md");
const named = (names) => names.map((name) => `${name}.md`).sort();

test("every alert has its page, which its annotation names, and every page its alert", () => {
  assert.deepEqual(pages("alerts"), named(alerts.map((rule) => rule.alert)));
  for (const { alert, annotations, labels } of alerts) {
    assert.equal(annotations.runbook_url, `ops/runbook/alerts/${alert}.md`);
    assert.ok(["page", "ticket"].includes(labels.severity), alert);
  }
});

test("every code of a halt has its page, and every page its code", () => {
  assert.ok(haltCodes.length >= 7);
  assert.deepEqual(pages("halts"), named(haltCodes));
});

test("every reason of a hold has its page, and every page its reason", () => {
  assert.ok(holdReasons.length >= 3);
  assert.deepEqual(pages("holds"), named(holdReasons));
});

test("every page says what it means, how to see it, what to do and when it ends", () => {
  for (const folder of ["alerts", "halts", "holds"])
    for (const page of pages(folder)) {
      const parts = read(`ops/runbook/${folder}/${page}`).split(/^#+ (.*)$/m).slice(1);
      assert.deepEqual(parts.filter((_, at) => at % 2 === 0), [page.slice(0, -3), "Means", "See it", "Do", "Ends"], page);
      for (let at = 3; at < parts.length; at += 2) assert.ok(parts[at].trim().length > 10, `${page}: ${parts[at - 1]} is empty`);
    }
});

test("verbs of bridge that pages name exist", () => {
  const sources = readdirSync(join(root, "src/Bridge.Relayer/Cli"), { recursive: true }).filter((name) => name.endsWith(".cs")).map((name) => read(join("src/Bridge.Relayer/Cli", name)));
  const verbs = new Set(sources.flatMap((text) => [...text.matchAll(/(?:new|Command|Verb|Create)\("([a-z-]+)"/g)].map((match) => match[1])));
  for (const folder of ["alerts", "halts", "holds"])
    for (const page of pages(folder))
      for (const [, words] of read(`ops/runbook/${folder}/${page}`).matchAll(/`bridge ((?:[a-z][a-z-]* ?)+)/g))
        for (const word of words.trim().split(" ")) assert.ok(verbs.has(word), `${page}: bridge ${words}`);
});
