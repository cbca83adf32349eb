/**
 * One step after the other, as the programs' workers do: a bell that rings during a step is one more step after it. A step is a generator that
 * yields what it needs and goes on when it had that.
 */
export class Worker {
  /** Seconds in steps. */
  busy = 0;
  #rang = false;
  #working = false;
  #awake = false;

  /** @param perform (cost, done) gets a step what it needs */
  constructor(clock, name, step, perform) {
    Object.assign(this, { clock, name, step, perform });
  }

  ring() {
    this.#rang = true;
    if (this.#awake && !this.#working) this.#begin();
  }

  /** Its program has started. */
  wake() {
    this.#awake = true;
    if (this.#rang) this.#begin();
  }

  /** Seconds in steps until now, the one that lasts included. */
  get busyNow() {
    return this.busy + (this.#working ? this.clock.now - this.began : 0);
  }

  #begin() {
    [this.#rang, this.#working, this.began] = [false, true, this.clock.now];
    this.#go(this.step());
  }

  #go(step) {
    const { value: cost, done } = step.next();
    if (!done) return this.perform(cost, () => this.#go(step));
    this.busy += this.clock.now - this.began;
    this.#working = false;
    if (this.#rang) this.#begin();
  }
}
