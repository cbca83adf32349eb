// Everything that takes part in a run, started.
import { startChains } from "../demo.d/chains.mjs";
import { deploy } from "../demo.d/deployment.mjs";
import { createKeys } from "../demo.d/keys.mjs";
import { publish } from "../demo.d/publish.mjs";
import { users } from "../demo.d/users.mjs";
import { Deferrals } from "./deferrals.mjs";
import { generatePrivateKey } from "../demo.d/viem.mjs";
import { Lanes } from "./lanes.mjs";
import { Operators } from "./operators.mjs";
import { EXECUTORS, Organisations, RELAYERS, THRESHOLD, VALIDATORS, databaseOf } from "./organisations.mjs";
import { Admin, Stranger } from "./people.mjs";
import { RpcProxy } from "./proxies/rpc.mjs";
import { OWNER, Postgres } from "./servers/postgres.mjs";
import { RabbitMq } from "./servers/rabbitmq.mjs";
import { Sql } from "./sql.mjs";
import { Traffic } from "./traffic.mjs";

const CHAINS = { alpha: 918001, beta: 918002, gamma: 918003 };
const ENDPOINTS = 3;

export class World {
  #sql = new Map();
  /** What went wrong that no law of the checker covers. */
  complaints = [];
  ending = false;

  constructor(root, folder, processes, note) {
    Object.assign(this, { root, folder, processes, note });
  }

  async start({ seed, messages, inFlight }) {
    this.secrets = Object.fromEntries(VALIDATORS.map((name) => [name, generatePrivateKey()]));
    this.keys = createKeys(this.folder, [...VALIDATORS, ...EXECUTORS], this.secrets);
    this.operators = new Operators(this);
    this.postgres = new Postgres(this.processes, this.folder);
    this.rabbitmq = new RabbitMq(this.processes, this.folder);
    const [programs, , , chains] = await Promise.all([publish(this.processes, this.root, this.folder, this.note), this.postgres.start(), this.rabbitmq.start(), startChains(this.processes, CHAINS)]);
    this.chains = chains;
    this.deployment = await deploy(this.processes, chains, VALIDATORS.map((name) => this.keys[name].address), THRESHOLD, this.folder);
    this.endpoints = Object.fromEntries(await Promise.all(Object.values(chains).map(async ({ name, url }) => [name, await Promise.all(Array.from({ length: ENDPOINTS }, () => endpoint(url)))])));
    this.organisations = new Organisations({ programs, ...this });
    await this.sql("postgres").query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD 'chaos'`);
    await this.organisations.start((name) => this.sql("postgres").query(`CREATE DATABASE ${name} OWNER ${OWNER}`));
    const accounts = users().map((user) => user.account);
    this.traffic = new Traffic({ chains, deployment: this.deployment, users: accounts, messages, inFlight, seed, waiting: () => this.lanes.waiting });
    this.lanes = new Lanes(chains, this.deployment);
    this.deferrals = new Deferrals(this.lanes.all, this.traffic, accounts);
    this.admin = new Admin(this);
    this.stranger = new Stranger(this);
  }

  /** A session in an organisation's database, or in that of the server's own. */
  sql(name) {
    const database = databaseOf(name);
    if (!this.#sql.has(database)) this.#sql.set(database, new Sql(this.postgres.psql, () => this.postgres.environment(database)));
    return this.#sql.get(database);
  }

  /** A session of its own in an organisation's database, which ends with `act`, whatever it has left open. */
  async inSession(name, act) {
    const session = new Sql(this.postgres.psql, () => this.postgres.environment(databaseOf(name)));
    try {
      await act(session);
    } finally {
      session.close();
    }
  }

  complain(what) {
    this.complaints.push(what);
    this.note.say(what);
  }

  close() {
    for (const sql of this.#sql.values()) sql.close();
    for (const { proxy } of Object.values(this.endpoints ?? {}).flat()) proxy.close();
    this.postgres?.proxy?.close();
    this.postgres?.replication?.close();
    this.rabbitmq?.proxy?.close();
  }
}

async function endpoint(target) {
  const proxy = new RpcProxy(target);
  return { proxy, url: await proxy.listen() };
}
