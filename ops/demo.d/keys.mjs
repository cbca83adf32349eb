// Fresh random keys for this run, in keystore files; nothing else ever holds them.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createKeystore } from "./keystore.mjs";

/**
 * @param secrets keys by name, for who must sign elsewhere too; a random one where there is none
 * @returns for each name its address, and where its keystore and the password are: each has a password of its own
 */
export function createKeys(folder, names, secrets = {}) {
  return Object.fromEntries(names.map((name) => {
    const [keystore, passwordFile] = [join(folder, `${name}.keystore.json`), join(folder, `${name}.password`)];
    const password = randomBytes(16).toString("hex");
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    return [name, { address: createKeystore(keystore, password, secrets[name]), keystore, passwordFile }];
  }));
}
