// The end of a run: everything is let go, drained, and judged by the checker through endpoints of its own.
import { execFile } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { RELAYERS, databaseOf } from "./organisations.mjs";

const STALL = 120_000;

/** Waits until everything sent is delivered and final, and every row says so. @returns whether it came to that */
export async function drain(world) {
  let [last, seen] = [Date.now(), ""];
  for (; Date.now() - last < STALL; await delay(1000)) {
    const unmined = await world.traffic.accounts.resend();
    await world.lanes.look("finalized");
    const deferred = await world.deferrals.settle().catch(() => null);
    const open = await Promise.all(RELAYERS.map((name) => world.sql(name).number("SELECT count(*) FROM message WHERE status NOT IN ('Delivered', 'Deferred', 'Refunded', 'Orphaned')")));
    const busy = await Promise.all(RELAYERS.map((name) => world.sql(name).number("SELECT count(*) FROM submission WHERE status NOT IN ('Final', 'Dropped', 'Failed')")));
    const now = JSON.stringify({ unmined, sent: world.lanes.sent, delivered: world.lanes.delivered, deferred, open, busy });
    if (now !== seen) [seen, last] = [now, Date.now()];
    world.note.renew(`draining: ${unmined} unmined, ${world.lanes.waiting} underway, ${deferred} deferred, ${open.join(" and ")} rows and ${busy.join(" and ")} submissions open`);
    if (unmined === 0 && deferred === 0 && world.lanes.waiting === 0 && open.every((n) => n === 0) && busy.every((n) => n === 0)) {
      await delay(4000); // refunds of the last moment
      await world.lanes.look("finalized");
      if (world.lanes.waiting === 0) return true;
    }
  }
  world.complain(`not everything arrived: ${seen}`);
  return false;
}

/** @returns {{ relayer: string, code: number, lines: string[] }[]} the checker's answer about each relayer's database */
export async function judge(world) {
  const config = world.organisations.writeAuditConfig();
  const verdicts = [];
  for (const relayer of RELAYERS) {
    const { code, stdout, stderr } = await run("dotnet", world.organisations.bridge("audit", "verify", "--config", config, "--drained"), {
      cwd: world.folder, env: { ...process.env, Bridge__Database: world.postgres.connection(databaseOf(relayer)) },
    });
    verdicts.push({ relayer, code, lines: `${stdout}${code > 3 || !stdout ? stderr : ""}`.trim().split("\n") });
  }
  return verdicts;
}

/** Messages that wait on chain, deferred, with a reason that everybody can read. */
export async function parked(world) {
  return (await world.sql(RELAYERS[0]).number("SELECT count(*) FROM message WHERE status = 'Deferred'")) ?? 0;
}

const run = (program, args, options) => new Promise((resolve) => {
  execFile(program, args, { ...options, maxBuffer: 1 << 26 }, (error, stdout, stderr) => resolve({ code: error ? (error.code ?? 1) : 0, stdout, stderr }));
});
