// What the person who started the demo reads while it runs, each line with the seconds since the start.

export class Note {
  #start = Date.now();
  #renewing = false;
  #terminal = process.stdout.isTTY;

  say(text) {
    this.keep();
    process.stdout.write(`${this.#stamp()} ${text}\n`);
  }

  /** A line that the next one replaces; without a terminal, a line like any other. */
  renew(text) {
    if (!this.#terminal) return this.say(text);
    process.stdout.write(`\r\x1b[K${this.#stamp()} ${text}`);
    this.#renewing = true;
  }

  /** Lets the renewed line stand as it is. */
  keep() {
    if (this.#renewing) process.stdout.write("\n");
    this.#renewing = false;
  }

  #stamp() {
    return `${((Date.now() - this.#start) / 1000).toFixed(1).padStart(6)} s`;
  }
}
