// Fresh random keys for this run, in keystore files; nothing else ever holds them.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createKeystore } from "./keystore.mjs";

/** @returns for each name its address, and where its keystore and the password are: each has a password of its own */
export function createKeys(folder, names) {
  return Object.fromEntries(names.map((name) => {
    const [keystore, passwordFile] = [join(folder, `${name}.keystore.json`), join(folder, `${name}.password`)];
    const password = randomBytes(16).toString("hex");
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    return [name, { address: createKeystore(keystore, password), keystore, passwordFile }];
  }));
}
