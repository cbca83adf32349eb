import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { alerts, counters, histograms, list, metrics, named, quoted, read, run, yaml } from "./files.mjs";

const dashboards = list("ops/grafana/dashboards", ".json").map((name) => ({ name, ...JSON.parse(read(`ops/grafana/dashboards/${name}`)) }));
const queries = dashboards.flatMap((board) => board.panels.flatMap((panel) => (panel.targets ?? []).map((target) => ({ where: `${board.name}: ${panel.title}`, expr: target.expr }))));
// Prometheus adds these itself.
const own = { names: ["up"], labels: ["instance", "job"] };

/** What an expression asks for that the source does not have. */
function unknown({ expr }) {
  const wrong = [...expr.matchAll(/\bbridge_\w+/g)].map((match) => match[0]).filter((name) => !metrics.has(name) && !histograms.includes(name));
  const labels = [...expr.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"/g)];
  const grouped = [...expr.matchAll(/\b(?:by|on|without)\s*\(([^)]*)\)/g)].flatMap((match) => match[1].split(",").map((label) => label.trim())).filter(Boolean);
  for (const label of [...labels.map((match) => match[1]), ...grouped]) if (!own.labels.includes(label) && !quoted(label)) wrong.push(label);
  for (const [, label, value] of labels)
    if (["outcome", "stage", "meaning"].includes(label)) wrong.push(...value.split("|").filter((word) => !named(word)));
  return wrong;
}

test("promtool accepts the rules and the scrape configurations", () => {
  run("promtool", "check", "rules", "ops/prometheus/rules.yml");
  run("promtool", "check", "config", "ops/prometheus/prometheus.yml");
  // Its rules lie elsewhere in the container.
  run("promtool", "check", "config", "--syntax-only", "ops/containers/prometheus.yml");
});

test("every alert fires in one case and stays quiet in another", () => {
  assert.deepEqual(list("ops/prometheus/tests", ".yml"), alerts.map((rule) => `${rule.alert}.yml`).sort());
  for (const { alert } of alerts) {
    const cases = yaml(`ops/prometheus/tests/${alert}.yml`)[0].tests.map(({ name, alert_rule_test: [expected] }) => [name, expected.alertname, expected.exp_alerts.length]);
    assert.deepEqual(cases, [["fires", alert, 1], ["quiet", alert, 0]], alert);
  }
  run("promtool", "test", "rules", ...alerts.map(({ alert }) => `ops/prometheus/tests/${alert}.yml`));
});

test("alerts and dashboards ask only for metrics, labels and values that the source has", () => {
  assert.ok(metrics.size >= 9 && queries.length > 20 && alerts.length > 10, "something was not found at all");
  for (const asked of [...alerts.map((rule) => ({ where: rule.alert, expr: rule.expr })), ...queries]) assert.deepEqual(unknown(asked), [], asked.where);
});

test("every counter has a name that Prometheus reads: another one spoils the whole scrape", () => {
  assert.ok(counters.length >= 3);
  assert.deepEqual(counters.filter((name) => !/^bridge_[a-z_]+_total$/.test(name)), []);
});

test("every metric says in a line what it is", () => {
  const help = read("src/Bridge.Relayer/Metrics/MetricHelp.cs");
  assert.deepEqual([...metrics].filter((name) => !help.includes(`["${name}"]`)), []);
});

test("every metric is on a dashboard", () => {
  const text = queries.map((query) => query.expr).join("\n");
  assert.deepEqual([...metrics].filter((name) => !text.includes(name)), []);
});

test("every expression of a dashboard parses", () => {
  const folder = mkdtempSync(join(tmpdir(), "bridge-promql."));
  try {
    const file = join(folder, "rules.json");
    writeFileSync(file, JSON.stringify({ groups: [{ name: "dashboards", rules: queries.map(({ expr }, at) => ({ record: `dashboard:expression_${at}`, expr })) }] }));
    run("promtool", "check", "rules", file);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("dashboards and their panels have ids of their own, and one source of data that is provisioned", () => {
  assert.equal(new Set(dashboards.map((board) => board.uid)).size, dashboards.length);
  const provisioned = yaml("ops/grafana/provisioning/datasources/prometheus.yml")[0].datasources.map((source) => source.uid);
  for (const board of dashboards) {
    assert.equal(`${board.uid}.json`, board.name);
    assert.equal(new Set(board.panels.map((panel) => panel.id)).size, board.panels.length, board.name);
    for (const panel of board.panels.filter((panel) => panel.targets)) {
      assert.ok(panel.description, `${board.name}: ${panel.title} has no description`);
      for (const target of [panel, ...panel.targets]) assert.ok(provisioned.includes(target.datasource.uid), `${board.name}: ${panel.title}`);
      assert.equal(new Set(panel.targets.map((target) => target.refId)).size, panel.targets.length);
    }
  }
});
