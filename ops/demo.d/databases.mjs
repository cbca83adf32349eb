// A database for each organisation, made by its owner's login and worked on by another that can only do its job.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { promisify } from "node:util";
import { Failure } from "./failure.mjs";

const PROGRAMS = "/usr/lib/postgresql";

export class Databases {
  #server = parse(process.env.BRIDGE_TEST_POSTGRES);
  // Roles belong to the whole server, and several deployments may be tried on one.
  #mark = randomBytes(4).toString("hex");
  #psql = newestPsql();

  /** Makes a database called `name`. @returns the connection string of its owner, who migrates it: the migrations make roles */
  async create(name) {
    const [database, login] = [this.#own(name), `${name}_owner`];
    const owner = await this.#createLogin(login, name, "CREATEROLE");
    await this.#execute(`CREATE DATABASE ${database} OWNER ${this.#own(login)}`, `REVOKE CONNECT ON DATABASE ${database} FROM PUBLIC`);
    return owner;
  }

  /** Makes a login with the rights of `role` in a migrated database. @returns its connection string */
  async createLogin(name, database, role) {
    const login = await this.#createLogin(name, database, `IN ROLE ${role}`);
    await this.#execute(`GRANT CONNECT ON DATABASE ${this.#own(database)} TO ${this.#own(name)}`);
    return login;
  }

  #own(name) {
    return `${name}_${this.#mark}`;
  }

  async #createLogin(name, database, attributes) {
    const password = randomBytes(12).toString("hex");
    await this.#execute(`CREATE ROLE ${this.#own(name)} LOGIN PASSWORD '${password}' ${attributes}`);
    const { host, port } = this.#server;
    return `Host=${host};Port=${port};Username=${this.#own(name)};Password=${password};Database=${this.#own(database)}`;
  }

  /** Runs statements as the superuser, each in a transaction of its own. */
  async #execute(...statements) {
    const { host, port, username, password } = this.#server;
    const script = statements.map((statement) => `${statement};\n`).join("");
    // By standard input: other users of the machine can read a command line.
    const psql = promisify(execFile)(this.#psql, ["-X", "-q", "-v", "ON_ERROR_STOP=1"], {
      env: { ...process.env, PGHOST: host, PGPORT: port, PGUSER: username, PGDATABASE: "postgres", PGPASSWORD: password },
    });
    psql.child.stdin.end(script);
    await psql.catch((error) => {
      throw new Failure(`PostgreSQL refused: ${error.stderr || error.message}`);
    });
  }
}

/** Npgsql's connection strings: `Key=value;…` */
function parse(text) {
  return Object.fromEntries(text.split(";").filter(Boolean).map((pair) => pair.split("=", 2)).map(([key, value]) => [key.toLowerCase(), value]));
}

function newestPsql() {
  const versions = existsSync(PROGRAMS) ? readdirSync(PROGRAMS).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => `${PROGRAMS}/${version}/bin/psql`).find((path) => existsSync(path));
  if (!found) throw new Failure(`there is no ${PROGRAMS}/*/bin/psql`);
  return found;
}
