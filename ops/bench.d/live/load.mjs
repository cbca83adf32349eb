// How fast users send: as fast as it is carried, or at a pace.
import { setTimeout as delay } from "node:timers/promises";

const TURN = 100;
/** Of one direction, handed to a node or underway at most: more than a chain makes of two blocks. */
const WINDOW = 3000;
const AT_ONCE = 150;

export class Load {
  sent = 0;

  /** @param arrived how many of this direction have arrived */
  constructor(users, arrived) {
    Object.assign(this, { users, arrived });
  }

  /** Sends as much as arrives, with many underway. */
  async flood(until) {
    while (performance.now() < until) {
      const room = Math.min(WINDOW - (this.sent - this.arrived()), AT_ONCE);
      if (room > 0) await this.#send(room);
      else await delay(TURN / 4);
    }
  }

  /** Sends `rate` a second. */
  async pace(rate, until) {
    const began = performance.now();
    for (let count = 0; performance.now() < until; await delay(TURN)) {
      const due = Math.floor(((performance.now() - began) / 1000) * rate) - count;
      if (due > 0) await this.#send(due);
      count += Math.max(due, 0);
    }
  }

  async one() {
    await this.#send(1);
  }

  async #send(count) {
    this.sent += count;
    await this.users.send(count);
  }
}
