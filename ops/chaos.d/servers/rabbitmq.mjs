// A broker of our own, behind a proxy.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "../../demo.d/failure.mjs";
import { TcpProxy } from "../proxies/tcp.mjs";
import { freePort } from "./ports.mjs";
import { asUser, isRoot, runAs, serviceFolder } from "./service.mjs";
import { connect } from "node:net";
import { execFileSync } from "node:child_process";

const USER = "rabbitmq";
const BINARIES = "/usr/lib/rabbitmq/bin";

export class RabbitMq {
  constructor(processes, folder) {
    Object.assign(this, { processes, folder: join(folder, "rabbitmq") });
  }

  async start() {
    serviceFolder(USER, this.folder);
    [this.amqp, this.epmd, this.dist] = [await freePort(), await freePort(), await freePort()];
    writeFileSync(join(this.folder, "rabbitmq.conf"), `listeners.tcp.1 = 127.0.0.1:${this.amqp}\ndefault_user = bridge\ndefault_pass = chaos\ndefault_user_tags.administrator = true\nlog.file = false\nlog.console = true\nlog.console.level = warning\n`);
    writeFileSync(join(this.folder, "enabled_plugins"), "[].\n");
    if (isRoot) execFileSync("chown", ["-R", `${USER}:`, this.folder]);
    const [program, ...words] = [...asUser(USER), "epmd", "-port", String(this.epmd), "-address", "127.0.0.1"];
    this.processes.start("epmd", program, words, { mayEnd: true });
    await this.run();
    this.proxy = new TcpProxy(this.amqp);
    this.port = await this.proxy.listen();
  }

  get url() {
    return `amqp://bridge:chaos@127.0.0.1:${this.port}/`;
  }

  async run() {
    for (let tries = 0; tries < 10; tries++) {
      const [program, ...words] = [...asUser(USER), join(BINARIES, "rabbitmq-server")];
      const child = this.processes.start("rabbitmq", program, words, { env: this.#environment(), mayEnd: true });
      if (await this.#answers(child)) return;
      await delay(500);
    }
    throw new Failure(`RabbitMQ does not start\n${this.processes.lastLines("rabbitmq")}`);
  }

  kill(signal = "SIGKILL") {
    return this.processes.kill("rabbitmq", signal);
  }

  /** Everything it ever knew. */
  wipe() {
    rmSync(join(this.folder, "mnesia"), { recursive: true, force: true });
  }

  control(...words) {
    return runAs(USER, [join(BINARIES, "rabbitmqctl"), "-n", this.#name, ...words], { env: { ...process.env, ...this.#environment() } });
  }

  get #name() {
    return `chaos-${this.amqp}@localhost`;
  }

  #environment() {
    return {
      HOME: this.folder, ERL_EPMD_PORT: String(this.epmd), ERL_EPMD_ADDRESS: "127.0.0.1", RABBITMQ_NODENAME: this.#name, RABBITMQ_DIST_PORT: String(this.dist),
      RABBITMQ_CONF_ENV_FILE: join(this.folder, "rabbitmq-env.conf"), RABBITMQ_CONFIG_FILE: join(this.folder, "rabbitmq.conf"),
      RABBITMQ_ADVANCED_CONFIG_FILE: join(this.folder, "advanced.config"), RABBITMQ_ENABLED_PLUGINS_FILE: join(this.folder, "enabled_plugins"),
      RABBITMQ_GENERATED_CONFIG_DIR: join(this.folder, "config"), RABBITMQ_SCHEMA_DIR: join(this.folder, "schema"), RABBITMQ_MNESIA_BASE: join(this.folder, "mnesia"),
      RABBITMQ_LOG_BASE: join(this.folder, "log"), RABBITMQ_PID_FILE: join(this.folder, "node.pid"), RABBITMQ_ALLOW_INPUT: "true",
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "-noinput -kernel inet_dist_use_interface {127,0,0,1}",
    };
  }

  /** Speaks the first words of AMQP; a ready broker answers with a method frame. */
  async #answers(child) {
    for (let tries = 0; tries < 200 && !child.hasEnded; tries++) {
      const ready = await new Promise((resolve) => {
        const socket = connect(this.amqp, "127.0.0.1", () => socket.write("AMQP\0\0\x09\x01"));
        socket.setTimeout(2000, () => resolve(false)).on("error", () => resolve(false)).on("data", (data) => resolve(data[0] === 1)).on("close", () => resolve(false));
      }).catch(() => false);
      if (ready) return true;
      await delay(200);
    }
    return false;
  }
}
