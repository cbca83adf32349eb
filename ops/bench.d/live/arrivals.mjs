// When each of an executor's transactions came to a node, seen from outside: by the count of what waits there.
import { setTimeout as delay } from "node:timers/promises";

const EVERY = 10;

export class Arrivals {
  #at = new Map();
  #looking = true;

  constructor(chain, account) {
    Object.assign(this, { chain, account });
  }

  async run() {
    let seen = await this.#pending();
    for (; this.#looking; await delay(EVERY)) {
      const next = await this.#pending();
      for (const now = performance.now(); seen < next; seen++) this.#at.set(seen, now);
    }
  }

  stop() {
    this.#looking = false;
  }

  /** Undefined of what came before the looking began. */
  at(nonce) {
    return this.#at.get(nonce);
  }

  #pending = async () => Number(await this.chain.request("eth_getTransactionCount", this.account, "pending"));
}
