// From a deployment to a validator of one's own: configured, examined, signing on two chains, and upgraded without a second signature.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startChains } from "../demo.d/chains.mjs";
import { Databases } from "../demo.d/databases.mjs";
import { deploy } from "../demo.d/deployment.mjs";
import { createKeys } from "../demo.d/keys.mjs";
import { EXECUTOR, Nodes, THRESHOLD, VALIDATORS } from "../demo.d/nodes.mjs";
import { Processes } from "../demo.d/processes.mjs";
import { Traffic } from "../demo.d/traffic.mjs";
import { users } from "../demo.d/users.mjs";
import { promtool } from "./promtool.mjs";
import { sendThereAndBack } from "./sending.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ME = VALIDATORS.at(-1);
const PATIENCE = 120_000;

test("a newcomer becomes a validator that signs on two chains, and is upgraded without a second signature", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "bridge-minutes."));
  mkdirSync(join(folder, "logs"));
  const processes = new Processes(join(folder, "logs"));
  try {
    const others = await world(folder, processes);
    const began = Date.now();
    const mine = await newcomer(folder, processes, others);
    mine.start("first", mine.installed);
    await sendThereAndBack(others, others.people[0].account, 3);
    const before = await signs(others.api, others.keys[ME].address, { alpha: 1, beta: 1 });
    t.diagnostic(`from nothing to signatures on two chains in ${Math.round((Date.now() - began) / 1000)} s`);
    promtool(await (await fetch(`${await mine.url("first")}/metrics`)).text());
    mine.bridge("health-check", "--url", await mine.url("first"));

    await processes.kill("first", "SIGTERM");
    const upgraded = join(folder, "upgraded");
    cpSync(mine.installed, upgraded, { recursive: true });
    mine.start("second", upgraded);
    await sendThereAndBack(others, others.people[0].account, 3);
    await signs(others.api, others.keys[ME].address, { alpha: before.alpha + 1, beta: before.beta + 1 });

    assert.doesNotMatch(readFileSync(processes.logFile("second"), "utf8"), /reading from block/, "it goes on where it was, and does not begin again");
    await processes.kill("second", "SIGTERM");
    assert.match(mine.bridge("journal", "check", "--config", mine.config), /lacks 0 of them/);
    assertSignedOnce(readFileSync(`${others.keys[ME].keystore}.journal`, "utf8"));
  } finally {
    await processes.stopAll();
    rmSync(folder, { recursive: true });
  }
});

/** Everybody but the newcomer, and what they need. */
async function world(folder, processes) {
  const keys = createKeys(folder, [...VALIDATORS, EXECUTOR]);
  const chains = await startChains(processes);
  const deployment = await deploy(processes, chains, VALIDATORS.map((name) => keys[name].address), THRESHOLD, folder);
  const databases = new Databases();
  const nodes = new Nodes({ root: ROOT, folder, processes, databases, chains, deployment, keys, validators: VALIDATORS.filter((name) => name !== ME) });
  const people = users();
  const traffic = new Traffic(chains, deployment, people);
  const [api] = await Promise.all([nodes.start(), traffic.prepare(6)]);
  return { keys, chains, deployment, databases, people, api };
}

/** What a person does who has a key and a database: each verb must succeed. */
async function newcomer(folder, processes, { keys, chains, databases, api }) {
  const installed = join(ROOT, "src", "Bridge.Relayer", "bin", "Release", "net10.0");
  const owner = await databases.create("newcomer");
  const config = join(folder, "newcomer.json");
  const bridgeOf = (env) => (...words) => execFileSync("dotnet", [join(installed, "bridge.dll"), ...words], { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } });
  bridgeOf({ Bridge__Database: owner })("migrate");
  const env = { Bridge__Database: await databases.createLogin("newcomer_node", "newcomer", "bridge_node") };
  const bridge = bridgeOf(env);

  bridge("init", "--deployed", join(folder, "deployment.json"), ...Object.values(chains).flatMap(({ name, url }) => ["--rpc", `${name}=${url}`]), "--roles", "watch,attest", "--environment", "local",
    "--keystore", keys[ME].keystore, "--password-file", keys[ME].passwordFile, "--relayer", api, "--metrics", "http://127.0.0.1:0", "--out", config);
  assert.throws(() => bridge("init", "--deployed", join(folder, "deployment.json"), "--rpc", "alpha=http://127.0.0.1:1", "--roles", "watch", "--out", config), "a configuration must not be overwritten");
  bridge("config", "check", "--config", config);
  assert.match(bridge("doctor", "--config", config), / 0 bad/);
  const start = (name, program) => processes.start(name, "dotnet", [join(program, "bridge.dll"), "run", "--config", config], { env, cwd: folder });
  const url = async (name) => (await processes.output(name, /metrics at (http:\/\/127\.0\.0\.1:\d+)\/metrics/, 60))[1];
  return { installed, config, bridge, start, url };
}

/** Waits until /v1/validators says that an account signed at least so many checkpoints of each destination. @returns how many */
async function signs(api, account, least) {
  for (const until = Date.now() + PATIENCE; Date.now() < until; await delay(500)) {
    const { sets } = await (await fetch(`${api}/v1/validators`)).json();
    const mine = sets.map((set) => set.validators.find(({ validator }) => validator.toLowerCase() === account.toLowerCase()));
    assert.ok(mine.every((one) => one && !one.excluded), "the newcomer is in every set, and was caught at nothing");
    const [alpha, beta] = mine.map(({ signed }) => signed);
    if (sets.length === 2 && alpha >= least.alpha && beta >= least.beta) return { alpha, beta };
  }
  assert.fail(`${account} did not sign ${JSON.stringify(least)} within ${PATIENCE / 1000} s`);
}

/** No position of a lane stands in the journal with two rolling hashes. */
function assertSignedOnce(journal) {
  const entries = journal.trim().split("\n").map((line) => line.split(/\s+/).filter((word) => /^(0x[0-9a-f]{64}|\d+)$/.test(word)));
  const positions = new Map();
  for (const [lane, sequence, hash] of entries.filter((words) => words.length >= 3)) {
    const position = `${lane} ${sequence}`;
    assert.ok(!positions.has(position) || positions.get(position) === hash, `two rolling hashes at ${position}`);
    positions.set(position, hash);
  }
  assert.ok(positions.size >= 4, "the journal holds what was signed before and after the upgrade");
}
