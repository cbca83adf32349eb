// The organisations: four validators and a relayer, each with its own database, login, key and configuration.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fund } from "./chains.mjs";

export const VALIDATORS = ["validator-1", "validator-2", "validator-3", "validator-4"];
export const THRESHOLD = 3;
export const EXECUTOR = "executor";
export const SUBMITTER = "submitter";
/** Whose key signs the audit log, where one is kept. */
export const LOG = "log";

/** These hand their attestations over the bus; the others by HTTP to the relayer's API, and know no broker. */
const OVER_BUS = ["validator-1", "validator-2"];
/** The relayer's processes, one for each of its roles; without a broker to join them it is one. */
const RELAYER_ROLES = ["watch", "relay", "execute"];

export class Nodes {
  /**
   * @param testWallet the account that the pages offer to who has no wallet; none by default
   * @param broker whether RabbitMQ joins the relayer's processes
   * @param prices as Bridge:Oracle:Prices; with some, a submitter sends what others sign, with the key of that name
   * @param nfts as Bridge:Api:Pages:Nfts
   * @param validators which of them are started
   * @param executor of Bridge:Executor, what differs
   * @param log the name of the relayer's audit log; with one, the relayer keeps it, audits the chains and states their reserves
   * @param programs the folder in which publish.mjs left them; by default what a build left in the tree
   */
  constructor({ root, folder, processes, databases, chains, deployment, keys, testWallet = "", broker = true, prices = null, nfts = {}, validators = VALIDATORS, executor = {}, log = "", programs = null }) {
    Object.assign(this, { folder, processes, databases, chains, deployment, keys, testWallet, prices, nfts, validators, executor, log });
    const roles = [...RELAYER_ROLES, ...(prices ? ["submit"] : []), ...(log ? ["log", "audit"] : [])];
    this.relayerRoles = broker ? roles : [roles.join(",")];
    this.overBus = broker ? OVER_BUS : [];
    this.assembly = (project, name) => (programs ? join(programs, `${name}.dll`) : join(root, "src", project, "bin", "Release", "net10.0", `${name}.dll`));
    this.verbs = 0;
  }

  /** Ends when every watcher reads both chains. @returns the API's URL */
  async start() {
    const names = ["relayer", ...this.validators];
    const logins = this.logins = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await this.#migrated(name)])));
    const payers = this.prices ? [EXECUTOR, SUBMITTER] : [EXECUTOR];
    await Promise.all(Object.values(this.chains).flatMap((chain) => payers.map((name) => fund(chain, this.keys[name].address))));
    const url = await this.#startApi();
    /** When the first of them was started, in milliseconds since 1970. */
    this.began = Date.now();
    for (const roles of this.relayerRoles) {
      this.#startNode(`relayer ${roles}`, roles, logins.relayer, this.relayerRoles.length > 1, {
        Bus: { Node: "relayer" },
        ...(this.prices && { Oracle: { IntervalSeconds: 1, Prices: this.prices } }),
        ...(roles.includes("execute") && { Executor: { ...this.#key(EXECUTOR), ResubmitSeconds: 5, LeaseSeconds: 5, ...this.executor } }),
        ...(roles.includes("submit") && { Submitter: { ...this.#key(SUBMITTER), ResubmitSeconds: 5, LeaseSeconds: 5 } }),
        ...(roles.includes("log") && { Log: { ...this.#key(LOG), Origin: this.log, CheckpointSeconds: 5 } }),
        ...(roles.includes("audit") && { Audit: { IntervalSeconds: 5, ReservesSeconds: 5 } }),
      });
    }
    for (const name of this.validators) {
      const overBus = this.overBus.includes(name);
      this.#startNode(name, "watch,attest", logins[name], overBus, {
        Bus: { Node: name },
        Attester: { ...this.#key(name), OverBus: overBus, Relayers: overBus ? [] : [url] },
      });
    }
    const watchers = [`relayer ${this.relayerRoles[0]}`, ...this.validators];
    await Promise.all(watchers.flatMap((name) => Object.values(this.chains).map(({ id }) => this.processes.output(name, new RegExp(`chain ${id}: reading from`), 60))));
    return url;
  }

  /** Runs a verb of the relayer's `bridge` to its end, as its operator would. @returns what it printed */
  async verb(...args) {
    const task = `verb ${++this.verbs}`;
    await this.processes.run(task, "dotnet", [this.assembly("Bridge.Relayer", "bridge"), ...args], { env: { Bridge__Database: this.logins.relayer }, cwd: this.folder });
    return readFileSync(this.processes.logFile(task), "utf8");
  }

  async #migrated(name) {
    const database = name.replace("-", "_");
    const owner = await this.databases.create(database);
    await this.processes.run(`migrate ${name}`, "dotnet", [this.assembly("Bridge.Relayer", "bridge"), "migrate"], { env: { Bridge__Database: owner }, cwd: this.folder });
    return this.databases.createLogin(`${database}_node`, database, "bridge_node");
  }

  async #startApi() {
    const login = await this.databases.createLogin("relayer_api", "relayer", "bridge_api");
    const settings = { Bridge__Database: login, Bridge__Api__Urls: "http://127.0.0.1:0", Bridge__Api__ReadsPerMinute: "100000", Bridge__Api__StatusReadsPerMinute: "100000", ...this.#pages() };
    this.processes.start("api", "dotnet", [this.assembly("Bridge.Api", "Bridge.Api")], { env: settings, cwd: this.folder });
    const [, url] = await this.processes.output("api", /Now listening on: (http:\/\/127\.0\.0\.1:\d+)/, 30);
    return url;
  }

  /** What the pages tell of the chains. */
  #pages() {
    const section = "Bridge__Api__Pages";
    const chains = Object.values(this.chains).map(({ id, url }) => [`${section}__Chains__${id}__Rpc`, url]);
    const nfts = Object.entries(this.nfts).flatMap(([key, { Name, Ends }]) => [
      [`${section}__Nfts__${key}__Name`, Name],
      ...Object.entries(Ends).flatMap(([id, end]) => Object.entries(end).map(([what, address]) => [`${section}__Nfts__${key}__Ends__${id}__${what}`, address])),
    ]);
    return { ...Object.fromEntries([...chains, ...nfts]), [`${section}__TestWallet`]: this.testWallet };
  }

  #startNode(name, roles, database, bus, sections) {
    const config = join(this.folder, `${name.replace(" ", "-")}.json`);
    writeFileSync(config, JSON.stringify({ Bridge: { Environment: "local", Chains: this.#chains(), Sweeper: { IntervalSeconds: 5 }, ...sections } }, null, 2));
    const env = { Bridge__Database: database, ...(bus && { Bridge__Bus__RabbitMq: process.env.BRIDGE_TEST_RABBITMQ }) };
    this.processes.start(name, "dotnet", [this.assembly("Bridge.Relayer", "bridge"), "run", "--config", config, "--roles", roles], { env, cwd: this.folder });
  }

  #chains() {
    return Object.fromEntries(Object.values(this.chains).map(({ name, id, url }) => [name, {
      ChainId: id, Bridge: this.deployment.bridge, StartBlock: this.deployment.startBlock[name], Endpoints: [url], Heads: url.replace(/^http/, "ws"), PollMilliseconds: 200, Intents: this.deployment.intents,
    }]));
  }

  #key(name) {
    return { Keystore: this.keys[name].keystore, PasswordFile: this.keys[name].passwordFile };
  }
}
