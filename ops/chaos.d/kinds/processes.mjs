// Processes that die together, run twice, or come back without their key.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { Random } from "../random.mjs";
import { EXECUTORS, VALIDATORS } from "../organisations.mjs";

/** It must end, and never fall back to another key. */
const refusesToStart = (id, spoil, mend) => ({
  id, targets: [...VALIDATORS, ...EXECUTORS], milliseconds: [2500, 4000], recovers: "process",
  async inject(world, { target, milliseconds }) {
    await world.processes.kill(target);
    spoil(world.keys[target], world.keys[target === VALIDATORS[0] ? VALIDATORS[1] : VALIDATORS[0]]);
    world.organisations.restart(target);
    await delay(milliseconds);
    if (world.processes.isRunning(target)) world.complain(`${target} runs without its key`);
    await world.processes.kill(target);
    return () => {
      mend(world.keys[target]);
      world.organisations.restart(target);
    };
  },
});

export const processKinds = [
  {
    id: "F73 two validators down", targets: ["validator-1 validator-4", "validator-2 validator-5", "validator-3 validator-4"], milliseconds: [1000, 5000], recovers: "process",
    async inject(world, { target, milliseconds }) {
      const names = target.split(" ");
      await Promise.all(names.map((name) => world.processes.kill(name)));
      await delay(milliseconds);
      return () => names.forEach((name) => world.organisations.restart(name));
    },
  },
  {
    id: "F25 every process killed at once", targets: ["all"], milliseconds: [500, 2000], recovers: "process", alone: true,
    async inject(world, { milliseconds }) {
      const { names } = world.organisations;
      await Promise.all(names.map((name) => world.processes.kill(name)));
      await delay(milliseconds);
      return () => names.forEach((name) => world.organisations.restart(name));
    },
  },
  {
    id: "F25 a power cut: every process and every server killed at once", targets: ["all postgres rabbitmq"], milliseconds: [500, 2000], recovers: "process", alone: true,
    async inject(world, { milliseconds, chance }) {
      const { postgres, rabbitmq, organisations: { names } } = world;
      await Promise.all([...names.map((name) => world.processes.kill(name)), postgres.kill(), postgres.killStandby(), rabbitmq.kill()]);
      await delay(milliseconds);
      return () => {
        const random = new Random(chance * 2 ** 32);
        const starts = [...names.map((name) => () => world.organisations.restart(name)), () => postgres.run(postgres.primary), () => postgres.run(postgres.standby), () => rabbitmq.run()];
        return Promise.all(random.shuffle(starts).map(async (start, i) => (await delay(i * 200), start())));
      };
    },
  },
  {
    id: "F26 two executors with one key", targets: EXECUTORS, milliseconds: [4000, 9000], recovers: "process",
    async inject(world, { target, milliseconds, chance }) {
      world.organisations.double(target);
      await delay(1500);
      if (chance < 0.5) world.processes.signal(target, "SIGSTOP"); // longer than its lease, and then it wakes
      await delay(milliseconds);
      world.processes.signal(target, "SIGCONT");
      return () => world.processes.kill(`${target} double`);
    },
  },
  refusesToStart("F80 key file missing at a restart", ({ keystore }) => renameSync(keystore, `${keystore}.away`), ({ keystore }) => renameSync(`${keystore}.away`, keystore)),
  refusesToStart("F80 wrong password at a restart", ({ passwordFile }) => exchange(passwordFile, "wrong\n"), ({ passwordFile }) => renameSync(`${passwordFile}.away`, passwordFile)),
  refusesToStart("F80 another organisation's key file at a restart", ({ keystore }, others) => exchange(keystore, readFileSync(others.keystore)), ({ keystore }) => renameSync(`${keystore}.away`, keystore)),
];

function exchange(file, content) {
  renameSync(file, `${file}.away`);
  writeFileSync(file, content, { mode: 0o600 });
}
