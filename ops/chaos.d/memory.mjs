// Resident memory of our processes over a run, so that growth shows.
import { resident } from "../demo.d/usage.mjs";

export class Memory {
  #samples = [];

  constructor(processes, names) {
    Object.assign(this, { processes, names });
  }

  /** Now, if all of them run: one that was killed would look like memory given back. */
  sample() {
    // setpriv becomes the program that it starts, so the id is the program's own.
    const found = this.processes.running.filter((one) => this.names.includes(one.name)).map(({ pid }) => resident(pid));
    if (found.length === this.names.length && found.every((kilobytes) => kilobytes > 0)) this.#samples.push(found.reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024);
  }

  /** Not from the start on: a program that has just begun has compiled and cached nothing. @returns MB in the second and the last quarter of the samples */
  get growth() {
    const quarter = Math.floor(this.#samples.length / 4);
    const mean = (samples) => (samples.length === 0 ? NaN : samples.reduce((sum, megabytes) => sum + megabytes, 0) / samples.length);
    const [before, after] = [mean(this.#samples.slice(quarter, 2 * quarter)), mean(this.#samples.slice(-quarter || this.#samples.length))];
    return { before: Math.round(before), after: Math.round(after), percent: (100 * (after / before - 1)).toFixed(1) };
  }
}
