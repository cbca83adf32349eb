// Keystore files of version 3, as geth and `cast wallet` write them.
import { createCipheriv, randomBytes, randomUUID, scryptSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { generatePrivateKey, hexToBytes, keccak256, privateKeyToAccount } from "./viem.mjs";

const SCRYPT = { n: 8192, r: 8, p: 1, dklen: 32 };

/** Makes a random key unless one is given, writes it to `file`, and returns its address. A random one is kept nowhere else. */
export function createKeystore(file, password, key = generatePrivateKey()) {
  const { address } = privateKeyToAccount(key);
  const [salt, iv] = [randomBytes(32), randomBytes(16)];
  const derived = scryptSync(password, salt, SCRYPT.dklen, { N: SCRYPT.n, r: SCRYPT.r, p: SCRYPT.p });
  const cipher = createCipheriv("aes-128-ctr", derived.subarray(0, 16), iv);
  const ciphertext = Buffer.concat([cipher.update(hexToBytes(key)), cipher.final()]);
  const keystore = {
    version: 3,
    id: randomUUID(),
    address: address.slice(2).toLowerCase(),
    crypto: {
      cipher: "aes-128-ctr",
      cipherparams: { iv: iv.toString("hex") },
      ciphertext: ciphertext.toString("hex"),
      kdf: "scrypt",
      kdfparams: { ...SCRYPT, salt: salt.toString("hex") },
      mac: keccak256(Buffer.concat([derived.subarray(16), ciphertext])).slice(2),
    },
  };
  writeFileSync(file, JSON.stringify(keystore), { mode: 0o600 });
  return address;
}
