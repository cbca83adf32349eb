// Makes a history on two local chains, and measures how long `bridge audit replay` takes to make it again from them.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { Failure } from "../../demo.d/failure.mjs";
import { peak } from "../../demo.d/usage.mjs";
import { configure } from "../benchmark.mjs";
import { running } from "../running.mjs";
import { makeHistory } from "./history.mjs";

const TARGET_SECONDS = 300;
const LOOK_EVERY = 200;

await running("replay", async ({ root, folder, processes, amount: transfers, json, tell }) => {
  const made = Date.now();
  const { chains, deployment } = await makeHistory(processes, folder, transfers, tell);
  tell(`the history took ${((Date.now() - made) / 1000).toFixed(0)} s to make`);
  report({ ...(await replay(root, folder, configure(folder, chains, deployment))), transfers, json, tell });
});

/** @returns its lines, its seconds, and the most memory that it had resident, in MiB */
async function replay(root, folder, config) {
  const started = process.hrtime.bigint();
  const bridge = join(root, "src/Bridge.Relayer/bin/Release/net10.0/bridge.dll");
  const child = spawn("dotnet", [bridge, "audit", "replay", "--from-chain", "--json", "--config", config], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  let mebibytes = 0;
  const looking = setInterval(() => (mebibytes = Math.max(mebibytes, peak(child.pid) / 1024)), LOOK_EVERY);
  const output = [];
  child.stdout.on("data", (chunk) => output.push(chunk));
  const exit = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(looking);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  return { exit, seconds, mebibytes, lines: Buffer.concat(output).toString().trim().split("\n").filter(Boolean).map((line) => JSON.parse(line)) };
}

function report({ exit, seconds, mebibytes, lines, transfers, json, tell }) {
  const of = (kind) => lines.filter((line) => line.kind === kind);
  for (const { law, name, state, detail } of of("verdict")) tell(`${law} ${name}: ${state}, ${detail.join("; ")}`);
  const sent = of("lane").reduce((sum, lane) => sum + lane.sent, 0);
  const certificates = of("lane").reduce((sum, lane) => sum + lane.certificates, 0);
  if (exit !== 0 || sent !== transfers) {
    throw new Failure(`the replay found ${sent} of ${transfers} transfers and ended with exit code ${exit}`);
  }
  const result = { transfers, certificates, supplies: of("supply").length, seconds: Number(seconds.toFixed(1)), mebibytes: Math.round(mebibytes), targetSeconds: TARGET_SECONDS, met: seconds <= TARGET_SECONDS };
  console.log(json ? JSON.stringify(result)
    : `replay: ${transfers} transfers, ${certificates} certificates, ${result.supplies} changes of supply in ${result.seconds} s with ${result.mebibytes} MiB: the target of ${TARGET_SECONDS} s for 100,000 is ${result.met ? "met" : "missed"}`);
}
