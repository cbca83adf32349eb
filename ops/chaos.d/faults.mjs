// Carries the plan out: each fault at its time, ended after its time, and its recovery measured.
import { setTimeout as delay } from "node:timers/promises";
import { measureRecovery } from "./recovery.mjs";

export class Faults {
  #held = new Set();
  #alone = false;
  done = [];

  constructor(world, kinds, timeline) {
    Object.assign(this, { world, timeline, kinds: new Map(kinds.map((kind) => [kind.id, kind])) });
  }

  /**
   * Ends when every fault has struck, ended, and been recovered from.
   * @param quarter called once a quarter of them have begun
   */
  async run(plan, quarter) {
    const started = Date.now();
    const strikes = [];
    for (const fault of plan) {
      if (this.world.ending) break;
      await delay(Math.max(0, started + fault.at - Date.now()));
      if (fault.number === Math.ceil(plan.length / 4)) quarter();
      const kind = this.kinds.get(fault.kind);
      await this.#turn(kind, fault);
      strikes.push(this.#strike(kind, fault));
    }
    await Promise.all(strikes);
  }

  /** Two faults never hold one victim, and one that would hide others strikes alone. */
  async #turn(kind, { target }) {
    const isBusy = () => this.#alone || (kind.alone && this.#held.size > 0) || target.split(" ").some((part) => this.#held.has(part)) || (kind.recovers === "process" && this.#held.has("all"));
    while (isBusy() && !this.world.ending) await delay(50);
    for (const part of target.split(" ")) this.#held.add(part);
    if (kind.alone) this.#alone = true;
  }

  async #strike(kind, fault) {
    const entry = { number: fault.number, kind: kind.id, target: fault.target };
    this.timeline.write("begins", entry);
    let failure;
    try {
      const heal = await kind.inject(this.world, fault);
      await heal();
    } catch (error) {
      failure = error;
    }
    if (kind.alone) this.#alone = false;
    for (const part of fault.target.split(" ")) this.#held.delete(part);
    if (failure) {
      this.world.complain(`fault ${fault.number}, ${kind.id} at ${fault.target}, could not be carried out: ${failure.message}`);
      return;
    }
    this.timeline.write("ends", entry);
    const recovery = await measureRecovery(this.world, kind, fault.target);
    if (recovery === undefined) return;
    this.done.push({ ...entry, recovers: kind.recovers, recovery });
    this.timeline.write("recovered", { ...entry, recovery });
    if (recovery === null) this.world.complain(`${fault.target} did not recover from fault ${fault.number}, ${kind.id}, within two minutes`);
  }
}
