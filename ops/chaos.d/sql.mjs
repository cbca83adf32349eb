// Questions to a database, by one psql that stays open; it is started anew when the server went away.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const END = "--end of answer--";

export class Sql {
  #psql;
  #asking = Promise.resolve();

  /** @param environment gives PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE as they are now */
  constructor(program, environment) {
    Object.assign(this, { program, environment });
  }

  /** @returns the rows, each a list of texts; null when the database does not answer now */
  query(sql) {
    const answer = this.#asking.then(() => this.#ask(sql)).catch(() => null);
    this.#asking = answer;
    return answer;
  }

  /** The first field of the first row, as a number; null when the database does not answer now. */
  async number(sql) {
    const rows = await this.query(sql);
    return rows?.[0] === undefined ? null : Number(rows[0][0]);
  }

  close() {
    this.#psql?.kill("SIGKILL");
  }

  #ask(sql) {
    const psql = (this.#psql ??= this.#start());
    return new Promise((resolve, reject) => {
      const rows = [];
      const give = (lose) => (error) => {
        psql.lines.off("line", hear);
        psql.off("exit", ended);
        clearTimeout(patience);
        if (lose) {
          psql.kill("SIGKILL");
          if (this.#psql === psql) this.#psql = undefined;
          reject(error ?? new Error("the database is away"));
        } else resolve(rows);
      };
      const hear = (line) => (line === END ? give(false)() : rows.push(line.split("|")));
      const ended = give(true);
      const patience = setTimeout(ended, 5000);
      psql.lines.on("line", hear);
      psql.once("exit", ended);
      psql.stdin.write(`${sql};\n\\echo ${END}\n`, (error) => error && give(true)(error));
    });
  }

  #start() {
    const psql = spawn(this.program, ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], { env: { ...process.env, ...this.environment(), PGCONNECT_TIMEOUT: "3" }, stdio: ["pipe", "pipe", "ignore"] });
    psql.stdin.on("error", () => {});
    psql.on("error", () => {});
    psql.lines = createInterface({ input: psql.stdout });
    return psql;
  }
}
