// A database that forgets: a standby that had missed the last seconds, and backups that are older than what happened since.
import { setTimeout as delay } from "node:timers/promises";
import { RELAYERS, VALIDATORS, databaseOf } from "../organisations.mjs";
import { OWNER } from "../servers/postgres.mjs";
import { CHAINS, whileStill } from "./common.mjs";
import { awaitSend, loseNewest } from "./reorgs.mjs";

/** A backup is made, the organisation goes on without `idle`, and is thrown back to the backup. */
const thrownBack = (id, targets, idle) => ({
  id, targets, milliseconds: [3000, 10_000], recovers: "process",
  async inject(world, { target, milliseconds }) {
    const [name] = target.split(" ");
    const database = databaseOf(name);
    await Promise.all(idle(target).map((one) => world.processes.kill(one)));
    const backup = await world.postgres.save(database);
    await delay(milliseconds);
    await Promise.all(target.split(" ").map((one) => world.processes.kill(one)));
    await world.postgres.restore(database, backup, OWNER);
    return () => target.split(" ").forEach((one) => world.organisations.restart(one));
  },
});

/** Time for a validator to sign what is in the newest block, if it were to sign what is not final. */
const TIME_TO_SIGN = 4000;

export const restoreKinds = [
  {
    id: "F41 Postgres fails over to a standby that missed the last seconds", targets: ["postgres"], milliseconds: [1000, 3000], recovers: "postgres", alone: true,
    async inject({ postgres }, { milliseconds }) {
      postgres.replication.mode = "swallow";
      await delay(milliseconds);
      await postgres.failover();
      return () => postgres.follow();
    },
  },
  thrownBack("F42 a validator's database restored from a backup", VALIDATORS, () => []),
  {
    id: "F42 a validator's database thrown back over a reorg with other content", targets: VALIDATORS.flatMap((name) => CHAINS.map((chain) => `${name} ${chain}`)), milliseconds: [0, 0], recovers: "watcher",
    async inject(world, { target }) {
      const [name, chain] = target.split(" ");
      const backup = await world.postgres.save(databaseOf(name));
      await awaitSend(world, chain);
      await whileStill(world, chain, async () => {
        await delay(TIME_TO_SIGN);
        await world.traffic.accounts.change(world.chains[chain], await loseNewest(world, chain));
        await world.processes.kill(name);
        await world.postgres.restore(databaseOf(name), backup, OWNER);
      });
      return () => (world.organisations.restart(name), world.traffic.accounts.resend());
    },
  },
  // Its executor rests meanwhile: whoever throws a journal away has transactions that no journal explains.
  thrownBack("F42 a relayer's database restored from a backup", RELAYERS.map((name, i) => `${name} executor-${i + 1} api-${i + 1}`), (target) => [target.split(" ")[1]]),
];
