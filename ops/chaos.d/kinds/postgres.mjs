// The database server dies, freezes, fills up, forgets, or loses an answer.
import { setTimeout as delay } from "node:timers/promises";
import { RELAYERS, VALIDATORS, databaseOf } from "../organisations.mjs";
import { OWNER } from "../servers/postgres.mjs";

const SERVER = ["postgres"];
const ONE = [...VALIDATORS, ...RELAYERS];
const proxied = (id, mode, milliseconds) => ({
  id, targets: SERVER, milliseconds, recovers: "postgres", alone: true,
  async inject({ postgres: { proxy } }, fault) {
    proxy.mode = mode;
    if (mode === "refuse") proxy.cut();
    await delay(fault.milliseconds);
    return () => {
      proxy.mode = "pass";
      if (mode === "swallow") proxy.cut();
    };
  },
});

/** What new connections of an organisation begin with; the old ones are ended. */
async function setting(world, target, name, value) {
  const database = databaseOf(target);
  await world.sql("postgres").query(`ALTER DATABASE ${database} ${value === undefined ? `RESET ${name}` : `SET ${name} = ${value}`}`);
  await world.sql("postgres").query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}' AND usename = '${OWNER}'`);
}

/** A transaction is left open with what it locks, and its session is killed. */
const holding = (world, target, statement, milliseconds) => world.inSession(target, async (session) => {
  await session.query(`BEGIN; ${statement}`);
  await delay(milliseconds);
});

export const postgresKinds = [
  {
    id: "F38 Postgres killed", targets: SERVER, milliseconds: [0, 1500], recovers: "postgres", alone: true,
    async inject({ postgres }, { milliseconds }) {
      await postgres.kill();
      await delay(milliseconds);
      return () => postgres.run(postgres.primary);
    },
  },
  {
    id: "F38 Postgres stopped at once", targets: SERVER, milliseconds: [0, 1500], recovers: "postgres", alone: true,
    async inject({ postgres }, { milliseconds }) {
      await postgres.kill("SIGQUIT");
      await delay(milliseconds);
      return () => postgres.run(postgres.primary);
    },
  },
  {
    id: "F41 Postgres fails over to its standby", targets: SERVER, milliseconds: [0, 0], recovers: "postgres", alone: true,
    async inject({ postgres }) {
      await postgres.failover();
      return () => postgres.follow();
    },
  },
  proxied("F30 Postgres refuses connections", "refuse", [1000, 3000]),
  proxied("F30 Postgres half open", "swallow", [2000, 4000]),
  proxied("F44 Postgres slow", "slow", [2000, 5000]),
  {
    id: "F43 connected to the standby", targets: SERVER, milliseconds: [1500, 3000], recovers: "postgres", alone: true,
    async inject({ postgres }, { milliseconds }) {
      postgres.proxy.port = postgres.standby.port;
      postgres.proxy.cut();
      await delay(milliseconds);
      return () => {
        postgres.proxy.port = postgres.primary.port;
        postgres.proxy.cut();
      };
    },
  },
  {
    id: "F39 the answer to a COMMIT lost", targets: SERVER, milliseconds: [1000, 3000], recovers: "postgres",
    async inject({ postgres: { proxy } }, { milliseconds, chance }) {
      let after = Math.floor(chance * 20);
      // CommandComplete "COMMIT": the server has done it, and the client will never know.
      proxy.losesAnswer = (chunk) => chunk.includes("COMMIT\0") && after-- === 0;
      await delay(milliseconds);
      return () => (proxy.losesAnswer = () => false);
    },
  },
  {
    id: "F39 the answers to many COMMITs lost", targets: SERVER, milliseconds: [300, 1500], recovers: "postgres",
    async inject({ postgres: { proxy } }, { milliseconds }) {
      let seen = 0;
      proxy.losesAnswer = (chunk) => chunk.includes("COMMIT\0") && ++seen % 4 === 0;
      await delay(milliseconds);
      return () => (proxy.losesAnswer = () => false);
    },
  },
  {
    id: "F45 all connections terminated", targets: ONE, milliseconds: [0, 0], recovers: "postgres",
    async inject(world, { target }) {
      await world.sql(target).query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${databaseOf(target)}' AND pid <> pg_backend_pid()`);
      return () => {};
    },
  },
  {
    id: "F40 a table locked", targets: ONE, milliseconds: [1000, 3000], recovers: "postgres",
    async inject(world, { target, milliseconds }) {
      await holding(world, target, "LOCK TABLE message IN ACCESS EXCLUSIVE MODE", milliseconds);
      return () => {};
    },
  },
  {
    id: "F40 every transaction serializable", targets: ONE, milliseconds: [2000, 5000], recovers: "postgres",
    async inject(world, { target, milliseconds }) {
      await setting(world, target, "default_transaction_isolation", "'serializable'");
      await delay(milliseconds);
      return () => setting(world, target, "default_transaction_isolation");
    },
  },
  {
    id: "F40 locks that are not waited for", targets: ONE, milliseconds: [2000, 5000], recovers: "postgres",
    async inject(world, { target, milliseconds }) {
      await setting(world, target, "lock_timeout", "'5ms'");
      await holding(world, target, "SELECT count(*) FROM (SELECT 1 FROM message WHERE status <> 'Delivered' FOR UPDATE) held", milliseconds);
      return () => setting(world, target, "lock_timeout");
    },
  },
  {
    // Tables in the other order than the nodes take them; a node notices a deadlock first and is the victim.
    id: "F40 deadlocks", targets: ONE, milliseconds: [2000, 4000], recovers: "postgres",
    async inject(world, { target, milliseconds }) {
      await setting(world, target, "deadlock_timeout", "'10ms'");
      const crossing = "BEGIN; SET LOCAL deadlock_timeout = '30s'; LOCK TABLE transition IN SHARE MODE; SELECT pg_sleep(0.2); LOCK TABLE message IN SHARE MODE; COMMIT";
      await world.inSession(target, async (session) => {
        for (const end = Date.now() + milliseconds; Date.now() < end; await delay(100)) await session.query(crossing);
      });
      return () => setting(world, target, "deadlock_timeout");
    },
  },
  {
    id: "F45 whoever held the leases' rows is ended", targets: RELAYERS, milliseconds: [2000, 6000], recovers: "postgres",
    async inject(world, { target, milliseconds }) {
      await holding(world, target, "SELECT count(*) FROM (SELECT 1 FROM lease FOR UPDATE) held", milliseconds);
      return () => {};
    },
  },
  {
    id: "F44 no connections left", targets: SERVER, milliseconds: [1500, 3000], recovers: "postgres", alone: true,
    async inject(world, { milliseconds }) {
      const server = world.sql("postgres");
      for (const name of ONE) await server.query(`ALTER DATABASE ${databaseOf(name)} CONNECTION LIMIT 1`);
      await server.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${OWNER}'`);
      await delay(milliseconds);
      return async () => {
        for (const name of ONE) await server.query(`ALTER DATABASE ${databaseOf(name)} CONNECTION LIMIT -1`);
      };
    },
  },
];
