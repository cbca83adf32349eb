// Resident memory of our processes while they work.
import { setTimeout as delay } from "node:timers/promises";
import { resident } from "../../demo.d/usage.mjs";
import { slope } from "./slope.mjs";

const EVERY = 2000;
const MB = 1e6;

export class Memory {
  #samples = [];
  #looking = true;

  /** @param ours names and pids, as Processes gives them */
  constructor(ours) {
    this.ours = ours;
  }

  async run() {
    for (const began = performance.now(); this.#looking; await delay(EVERY)) {
      this.#samples.push({ minutes: (performance.now() - began) / 60_000, megabytes: new Map(this.ours.map(({ name, pid }) => [name, (resident(pid) * 1024) / MB])) });
    }
  }

  stop() {
    this.#looking = false;
  }

  /** @returns megabytes at their highest, by whom; by how much all of it grew in a minute of the second half, and who of them grew the most by how much */
  figures() {
    const highest = (pick) => Math.max(...this.#samples.map(({ megabytes }) => pick(megabytes)));
    const largest = (part) => (megabytes) => Math.max(...[...megabytes].filter(([name]) => name.startsWith(part)).map(([, size]) => size));
    const sum = (megabytes) => [...megabytes.values()].reduce((a, b) => a + b, 0);
    const late = this.#samples.slice(Math.floor(this.#samples.length / 2));
    const growthOf = (pick) => slope(late.map(({ minutes, megabytes }) => [minutes, pick(megabytes)]));
    const [grower] = this.ours.map(({ name }) => ({ name, growth: growthOf((megabytes) => megabytes.get(name)) })).sort((a, b) => b.growth - a.growth);
    return { attester: highest(largest("validator-")), executor: highest(largest("relayer execute")), all: highest(sum), growth: growthOf(sum), grower };
  }
}
