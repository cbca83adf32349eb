// What happened when: one JSON object a line, from which a run can be read again.
import { appendFileSync, writeFileSync } from "node:fs";

export class Timeline {
  #start = Date.now();

  constructor(file, header) {
    this.file = file;
    writeFileSync(file, `${JSON.stringify(header)}\n`);
  }

  write(what, detail) {
    appendFileSync(this.file, `${JSON.stringify({ at: Date.now() - this.#start, what, ...detail })}\n`);
  }
}
