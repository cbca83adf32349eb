// A block a second, made here, so that it is known to the millisecond when each one was there.
const EVERY = 1000;
/** Blocks that follow until one is final: anvil with one slot in an epoch. */
const UNFINAL = 2;

export class Blocks {
  #minedAt = new Map();
  #timer;
  #mining = Promise.resolve();

  constructor(chain) {
    this.chain = chain;
  }

  start() {
    this.#timer = setInterval(() => (this.#mining = this.#mining.then(() => this.#mine())), EVERY);
    // Whatever an interval throws would end nothing.
    this.failure = new Promise((_, reject) => (this.fail = reject));
    this.failure.catch(() => {});
  }

  async stop() {
    clearInterval(this.#timer);
    await this.#mining;
  }

  /** When a block became final; undefined while it is not. */
  finalAt(height) {
    return this.#minedAt.get(height + UNFINAL);
  }

  async #mine() {
    try {
      await this.chain.request("evm_mine");
      this.#minedAt.set(Number(await this.chain.request("eth_blockNumber")), performance.now());
    } catch (error) {
      this.fail(error);
    }
  }
}
