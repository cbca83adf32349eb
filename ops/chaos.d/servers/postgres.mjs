// A primary and a standby that follows it, both of our own, behind a proxy that leads to the one that writes.
import { appendFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "../../demo.d/failure.mjs";
import { TcpProxy } from "../proxies/tcp.mjs";
import { asUser, runAs, serviceFolder } from "./service.mjs";
import { freePort } from "./ports.mjs";

const USER = "postgres";
/** The organisations' login: no superuser, so that limits bind it. */
export const OWNER = "organisation";
const ROOT = "/usr/lib/postgresql";
const PASSWORD = "chaos";
const SETTINGS = `listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 250
wal_level = replica
max_wal_senders = 5
wal_keep_size = 256MB
hot_standby = on
shared_buffers = 256MB
`;

export class Postgres {
  #generation = 0;

  constructor(processes, folder) {
    Object.assign(this, { processes, folder: join(folder, "postgres") });
    this.binaries = join(ROOT, readdirSync(ROOT).sort((a, b) => Number(b) - Number(a))[0], "bin");
  }

  get psql() {
    return join(this.binaries, "psql");
  }

  async start() {
    serviceFolder(USER, this.folder);
    const passwordFile = join(this.folder, "password");
    writeFileSync(passwordFile, PASSWORD, { mode: 0o644 });
    this.primary = { name: "postgres 0", data: join(this.folder, "data0"), port: await freePort() };
    await runAs(USER, [join(this.binaries, "initdb"), "-D", this.primary.data, "--username=bridge", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"], { cwd: this.folder });
    appendFileSync(join(this.primary.data, "postgresql.conf"), SETTINGS);
    appendFileSync(join(this.primary.data, "pg_hba.conf"), "host replication all 127.0.0.1/32 scram-sha-256\n");
    await this.run(this.primary);
    this.proxy = new TcpProxy(this.primary.port);
    this.port = await this.proxy.listen();
    this.replication = new TcpProxy(this.primary.port);
    this.replicationPort = await this.replication.listen();
    await this.follow();
  }

  /** For the tools of the harness: not through the proxy. */
  environment(database = "postgres") {
    return { PGHOST: "127.0.0.1", PGPORT: String(this.primary.port), PGUSER: "bridge", PGPASSWORD: PASSWORD, PGDATABASE: database };
  }

  /** Through the proxy, in Npgsql's form. */
  connection(database) {
    return `Host=127.0.0.1;Port=${this.port};Username=${OWNER};Password=${PASSWORD};Database=${database};Maximum Pool Size=12;Timeout=5;Command Timeout=10`;
  }

  /** Starts a server and waits until it answers; one that was killed needs several tries. */
  async run(server) {
    for (let tries = 0; tries < 40; tries++) {
      const child = this.processes.start(server.name, ...this.#words(server), { mayEnd: true });
      const up = await this.#answers(server, child);
      if (up) return;
      await delay(250);
    }
    throw new Failure(`${server.name} does not start\n${this.processes.lastLines(server.name)}`);
  }

  async kill(signal = "SIGKILL") {
    await this.processes.kill(this.primary.name, signal);
  }

  async killStandby() {
    await this.processes.kill(this.standby.name);
  }

  /** A new standby, copied from the primary, which it follows through a proxy of its own. */
  async follow() {
    const standby = { name: `postgres ${++this.#generation}`, data: join(this.folder, `data${this.#generation}`), port: await freePort() };
    await runAs(USER, [join(this.binaries, "pg_basebackup"), "-D", standby.data, "-R", "--checkpoint=fast", "--no-sync", "-h", "127.0.0.1", "-p", String(this.replicationPort), "-U", "bridge"], { cwd: this.folder, env: { ...process.env, PGPASSWORD: PASSWORD } });
    await this.run(standby);
    this.standby = standby;
  }

  /** The primary dies, and the standby takes its place with whatever had reached it. */
  async failover() {
    const old = this.primary;
    await this.kill();
    this.proxy.cut();
    this.replication.cut();
    this.replication.mode = "pass";
    await runAs(USER, [join(this.binaries, "pg_ctl"), "promote", "-D", this.standby.data, "-w"], { cwd: this.folder });
    this.primary = this.standby;
    this.proxy.port = this.replication.port = this.primary.port;
    rmSync(old.data, { recursive: true, force: true });
  }

  /** Everything in a database, as it is now. @returns the file */
  async save(database) {
    const file = join(this.folder, `${database}.${++this.#generation}.dump`);
    await runAs(USER, [join(this.binaries, "pg_dump"), "-Fc", "-Z1", "-f", file], this.#as(database));
    return file;
  }

  /** Puts a database back to what a file holds; whoever is connected is thrown out. */
  async restore(database, file, owner) {
    const run = (program, ...words) => runAs(USER, [join(this.binaries, program), ...words], this.#as("postgres"));
    await run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", `DROP DATABASE ${database} WITH (FORCE)`, "-c", `CREATE DATABASE ${database} OWNER ${owner}`);
    await run("pg_restore", "-d", database, file);
    rmSync(file);
  }

  #as(database) {
    return { cwd: this.folder, env: { ...process.env, ...this.environment(database) } };
  }

  #words({ data, port }) {
    const [program, ...args] = [...asUser(USER), join(this.binaries, "postgres"), "-D", data, "-c", `port=${port}`];
    return [program, args];
  }

  async #answers({ port }, child) {
    for (let tries = 0; tries < 100 && !child.hasEnded; tries++) {
      const ready = await runAs(USER, [join(this.binaries, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", String(port)]).then(() => true, () => false);
      if (ready) return true;
      await delay(100);
    }
    return false;
  }
}
