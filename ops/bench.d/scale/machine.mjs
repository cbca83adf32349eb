import { Heap } from "./heap.mjs";

/**
 * Processors that whoever wants one shares evenly, as a kernel does: nobody gets more than one, and with more than there are processors each
 * gets its share.
 */
export class Machine {
  #jobs = new Heap();
  /** By whom they are wanted: how many want one, and the seconds that were used. */
  #accounts = new Map();
  /** What a job that never ends would have got since the beginning. */
  #given = 0;
  #at = 0;
  #turn = 0;

  /** @param background others that always want a processor */
  constructor(clock, cores, background = 0) {
    Object.assign(this, { clock, cores, background });
  }

  /** @param seconds of one processor */
  use(seconds, whose, done) {
    this.#advance();
    if (!this.#accounts.has(whose)) this.#accounts.set(whose, { jobs: 0, used: 0 });
    const account = this.#accounts.get(whose);
    account.jobs++;
    this.#jobs.push(this.#given + seconds, () => {
      account.jobs--;
      done();
    });
    this.#plan();
  }

  /** Processor seconds until now. */
  used(whose) {
    this.#advance();
    return this.#accounts.get(whose)?.used ?? 0;
  }

  get #pace() {
    return Math.min(1, this.cores / (this.#jobs.size + this.background));
  }

  #advance() {
    const got = this.#jobs.size === 0 ? 0 : (this.clock.now - this.#at) * this.#pace;
    for (const account of this.#accounts.values()) account.used += account.jobs * got;
    this.#given += got;
    this.#at = this.clock.now;
  }

  #plan() {
    if (this.#jobs.size === 0) return;
    const turn = ++this.#turn;
    this.clock.after((this.#jobs.least - this.#given) / this.#pace, () => turn === this.#turn && this.#end());
  }

  #end() {
    const least = this.#jobs.least;
    this.#advance();
    this.#given = least; // Without it rounding would leave a remainder that never ends.
    const done = this.#jobs.pop();
    this.#plan();
    done();
  }
}
