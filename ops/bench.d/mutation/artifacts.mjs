// The artifacts of a build by forge, some of whose code is exchanged for a while. forge compares sources only, and notices nothing.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export class Artifacts {
  #out;
  #originals = new Map();

  constructor(out) {
    this.#out = out;
  }

  code(target) {
    return JSON.parse(readFileSync(this.#path(target), "utf8")).bytecode.object;
  }

  exchange(target, code) {
    const path = this.#path(target);
    if (!this.#originals.has(path)) this.#originals.set(path, readFileSync(path, "utf8"));
    const artifact = JSON.parse(this.#originals.get(path));
    artifact.bytecode.object = code;
    writeFileSync(path, JSON.stringify(artifact));
  }

  restore() {
    for (const [path, text] of this.#originals) writeFileSync(path, text);
    this.#originals.clear();
  }

  #path({ file, name }) {
    const path = join(this.#out, file.split("/").at(-1), `${name}.json`);
    if (!existsSync(path)) throw new Error(`${path} is missing: did forge build ${file}?`);
    return path;
  }
}
