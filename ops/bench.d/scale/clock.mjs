import { Heap } from "./heap.mjs";

/** Simulated seconds: what is due happens in the order of its time. */
export class Clock {
  now = 0;
  #due = new Heap();

  at(time, act) {
    this.#due.push(Math.max(time, this.now), act);
  }

  after(seconds, act) {
    this.at(this.now + seconds, act);
  }

  /** Up to a time, or until it is done, whichever is first. */
  run(until, isDone = () => false) {
    while (this.#due.size > 0 && this.#due.least <= until) {
      this.now = this.#due.least;
      this.#due.pop()();
      if (isDone()) return;
    }
    if (Number.isFinite(until)) this.now = until;
  }
}
