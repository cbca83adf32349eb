import { createCipheriv, pbkdf2Sync, scryptSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { concat, computeAddress, decryptKeystoreJson, encryptKeystoreJson, getBytes, keccak256, toUtf8Bytes } from "ethers";
import { Random } from "./random.mjs";

const random = new Random("keystores");
const plain = (hex) => hex.slice(2);

/** By ethers, with chosen salt and iv in place of random ones. */
async function ethers(name, password, N, r = 8, p = 1) {
  const privateKey = random.word();
  const json = await encryptKeystoreJson({ address: computeAddress(privateKey), privateKey }, password, {
    scrypt: { N, r, p }, salt: random.bytes(32), iv: random.bytes(16), uuid: random.bytes(16),
  });
  return { name, password, privateKey, file: JSON.parse(json) };
}

/** By node's own OpenSSL, checked by ethers. */
async function pbkdf2(name, password, c) {
  const [privateKey, salt, iv] = [random.word(), random.bytes(32), random.bytes(16)];
  const derived = pbkdf2Sync(toUtf8Bytes(password), getBytes(salt), c, 32, "sha256");
  const ciphertext = `0x${createCipheriv("aes-128-ctr", derived.subarray(0, 16), getBytes(iv)).update(getBytes(privateKey)).toString("hex")}`;
  const file = {
    version: 3, id: "00000000-0000-4000-8000-000000000000", address: plain(computeAddress(privateKey)).toLowerCase(),
    crypto: {
      cipher: "aes-128-ctr", cipherparams: { iv: plain(iv) }, ciphertext: plain(ciphertext), kdf: "pbkdf2",
      kdfparams: { c, dklen: 32, prf: "hmac-sha256", salt: plain(salt) }, mac: plain(keccak256(concat([derived.subarray(16), ciphertext]))),
    },
  };
  return { name, password, privateKey, file };
}

/** Files that other programs made once, with the key that they hold. */
const recorded = JSON.parse(readFileSync(new URL("recorded-keystores.json", import.meta.url), "utf8"));

const derivation = (password, salt, N, r, p, length) => ({
  name: `scrypt N=${N} r=${r} p=${p}`, password, salt: `0x${Buffer.from(salt).toString("hex")}`, n: N, r, p, length,
  key: `0x${scryptSync(password, salt, length, { N, r, p, maxmem: 1 << 30 }).toString("hex")}`,
});

export async function keystores() {
  const cases = [
    await ethers("ethers, scrypt N=2", "a", 2), await ethers("ethers, scrypt N=1024", "correct horse battery staple", 1024),
    await ethers("ethers, scrypt N=4096 p=6, as geth --lightkdf", "testpassword", 4096, 8, 6), await ethers("ethers, empty password", "", 1024),
    await ethers("ethers, scrypt r=1 p=8", "brücke 橋 🌉", 1024, 1, 8), await ethers("ethers, scrypt N=262144", "standard", 262144),
    await pbkdf2("node, pbkdf2 of 1 round", "a", 1), await pbkdf2("node, pbkdf2 of 10240 rounds", "correct horse battery staple", 10240),
    ...recorded,
  ];
  for (const c of cases) {
    // The definition's own example passes RFC 7914's bound N < 2^(16 r); geth opens it, ethers does not.
    if (c.name === "Web3 Secret Storage Definition, scrypt") continue;
    const { privateKey } = await decryptKeystoreJson(JSON.stringify(c.file), c.password);
    if (privateKey !== c.privateKey) throw new Error(`ethers opens ${c.name} to another key`);
  }
  return {
    format: "Keystore files, version 3: what the password opens each to; and bare derivations by scrypt (RFC 7914) by node's OpenSSL.",
    cases: [...cases, derivation("password", "NaCl", 1024, 8, 16, 64), derivation("pleaseletmein", "SodiumChloride", 16384, 8, 1, 64), derivation("", "", 16, 1, 1, 64), derivation("x", "y", 64, 3, 5, 17)],
  };
}
