// What the person who started the demo reads while it runs, each line with the seconds since the start.

const PLAIN_EVERY = 2_000; // milliseconds

export class Note {
  #start = Date.now();
  #terminal = process.stdout.isTTY;
  #unfinished = false;
  #plain = { at: 0, unsaid: null };

  say(text) {
    this.keep();
    this.#write(`${text}\n`);
  }

  /** A line that the next one replaces; without a terminal a line like any other, but not more than one in two seconds. */
  renew(text) {
    if (this.#terminal) {
      this.#write(text, "\r\x1b[K");
      this.#unfinished = true;
    } else if (Date.now() - this.#plain.at >= PLAIN_EVERY) {
      this.#plain = { at: Date.now(), unsaid: null };
      this.#write(`${text}\n`);
    } else {
      this.#plain.unsaid = text;
    }
  }

  /** Lets the newest renewed line stand. */
  keep() {
    if (this.#unfinished) process.stdout.write("\n");
    if (this.#plain.unsaid) this.#write(`${this.#plain.unsaid}\n`);
    this.#unfinished = false;
    this.#plain.unsaid = null;
  }

  #write(text, before = "") {
    process.stdout.write(`${before}${((Date.now() - this.#start) / 1000).toFixed(1).padStart(6)} s  ${text}`);
  }
}
