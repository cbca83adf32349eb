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
      await world.sql(target).query(`BEGIN; LOCK TABLE message IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(${milliseconds / 1000}); COMMIT`);
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
