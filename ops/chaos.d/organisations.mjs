// Who takes part: five validators of which four must sign, two relayers each with an executor's key of its own, two APIs. Each organisation
// has its own database on the one server, and every one of them reaches chains, database and broker through our proxies only.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fund } from "../demo.d/chains.mjs";
import { meant } from "./people.mjs";

export const VALIDATORS = ["validator-1", "validator-2", "validator-3", "validator-4", "validator-5"];
export const THRESHOLD = 4;
export const RELAYERS = ["relayer-1", "relayer-2"];
export const EXECUTORS = ["executor-1", "executor-2"];
export const APIS = ["api-1", "api-2"];
/** Eleven programs share the machine: none keeps a core busy with waiting for work, or memory that it does not need. */
const FRUGAL = {
  DOTNET_ThreadPool_UnfairSemaphoreSpinLimit: "0", DOTNET_gcServer: "0", DOTNET_GCConserveMemory: "5", DOTNET_TieredPGO: "0",
};
/** The others hand their attestations over by HTTP, to both relayers. */
const OVER_BUS = ["validator-1", "validator-2", "validator-3"];

export const databaseOf = (name) => name.replace("executor", "relayer").replace("api", "relayer").replace("-", "_");

export class Organisations {
  #starts = new Map();
  urls = {};

  constructor({ programs, folder, processes, chains, deployment, keys, postgres, rabbitmq, endpoints }) {
    Object.assign(this, { programs, folder, processes, chains, deployment, keys, postgres, rabbitmq, endpoints });
  }

  get names() {
    return [...VALIDATORS, ...RELAYERS, ...EXECUTORS, ...APIS];
  }

  async start(createDatabase) {
    await Promise.all([...VALIDATORS, ...RELAYERS].map(async (name) => {
      await createDatabase(databaseOf(name));
      await this.processes.run(`migrate ${name}`, "dotnet", [this.#assembly("bridge"), "migrate"], { env: { Bridge__Database: this.postgres.connection(databaseOf(name)) }, cwd: this.folder });
    }));
    await Promise.all(Object.values(this.chains).flatMap((chain) => EXECUTORS.map((name) => fund(chain, this.keys[name].address))));
    for (const name of APIS) await this.#startApi(name);
    for (const name of RELAYERS) this.#prepare(name, "watch,relay", { Bus: { Node: name } });
    for (const name of EXECUTORS) this.#prepare(name, "execute", { Bus: { Node: databaseOf(name) }, Executor: { ...this.#key(name), ResubmitSeconds: 5, LeaseSeconds: 5 } });
    for (const name of VALIDATORS) {
      const overBus = OVER_BUS.includes(name);
      this.#prepare(name, "watch,attest", { Bus: { Node: name }, Attester: { ...this.#key(name), OverBus: overBus, Relayers: overBus ? [] : Object.values(this.urls) } }, overBus);
    }
  }

  /**
   * Starts a process that was killed; harmless if it runs.
   * @param under {env, words} that change its surroundings: `words` stand before its command
   */
  restart(name, under) {
    if (!this.processes.isRunning(name)) this.#starts.get(name)(name, under);
  }

  /** A second process on the same configuration, under another name. */
  double(name) {
    this.#starts.get(name)(`${name} double`);
  }

  config(name) {
    return join(this.folder, `${name}.json`);
  }

  /** What the auditor is configured with: the nodes themselves, past every proxy. */
  writeAuditConfig() {
    const file = join(this.folder, "audit.json");
    const endpoints = Object.fromEntries(Object.values(this.chains).map(({ name, url }) => [name, [url]]));
    writeFileSync(file, JSON.stringify({ Bridge: { Environment: "local", Chains: this.#chains("audit"), Audit: { Endpoints: endpoints, Approved: Object.values(this.chains).flatMap(({ id }) => meant(id)) } } }, null, 2));
    return file;
  }

  bridge(...words) {
    return [this.#assembly("bridge"), ...words];
  }

  async #startApi(name) {
    const start = this.#starter(name, ["Bridge.Api"], () => ({
      Bridge__Api__Urls: this.urls[name] ?? "http://127.0.0.1:0", Bridge__Api__ReadsPerMinute: "1000000", Bridge__Api__StatusReadsPerMinute: "1000000",
    }));
    start();
    [, this.urls[name]] = await this.processes.output(name, /Now listening on: (http:\/\/127\.0\.0\.1:\d+)/, 60);
  }

  #prepare(name, roles, sections, bus = true) {
    writeFileSync(this.config(name), JSON.stringify({ Bridge: { Environment: "local", Chains: this.#chains(name), Sweeper: { IntervalSeconds: 3 }, ...sections } }, null, 2));
    this.#starter(name, ["bridge", "run", "--config", this.config(name), "--roles", roles], () => (bus ? { Bridge__Bus__RabbitMq: this.rabbitmq.url } : {}))();
  }

  #starter(name, [program, ...words], settings) {
    const start = (as = name, { env = {}, words: before = [] } = {}) => {
      const [command, ...args] = [...before, "dotnet", this.#assembly(program), ...words];
      return this.processes.start(as, command, args, { env: { Bridge__Database: this.postgres.connection(databaseOf(name)), ...settings(), ...FRUGAL, ...env }, cwd: this.folder, mayEnd: true });
    };
    this.#starts.set(name, start);
    return start;
  }

  /** Each process has URLs of its own, so that an endpoint can lie to one of them alone. */
  #chains(caller) {
    return Object.fromEntries(Object.values(this.chains).map(({ name, id }) => [name, {
      ChainId: id, Bridge: this.deployment.bridge, StartBlock: this.deployment.startBlock[name], Endpoints: this.endpoints[name].map(({ url }) => `${url}/${caller}`), Quorum: 2, PollMilliseconds: 1000, TimeoutSeconds: 3,
      // Faults change the chains past their blocks, and what anvil then proves is not what a header names.
      Proof: "off",
    }]));
  }

  #key(name) {
    return { Keystore: this.keys[name].keystore, PasswordFile: this.keys[name].passwordFile };
  }

  #assembly(name) {
    return join(this.programs, `${name}.dll`);
  }
}
