import { SigningKey, computeAddress } from "ethers";
import { sign } from "viem/accounts";
import { Random, agreed } from "./random.mjs";

const random = new Random("signatures");
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const hex = (n) => `0x${n.toString(16).padStart(64, "0")}`;

async function signature(key, digest) {
  const { r, s, v } = new SigningKey(key).sign(digest);
  const other = await sign({ privateKey: key, hash: digest });
  agreed("signature", `${r} ${s} ${v}`, `${other.r} ${other.s} ${other.v}`);
  return [digest, key, r, s, v, computeAddress(key)];
}

export async function signatures() {
  const keys = [1n, 2n, 3n, ORDER - 1n, ORDER >> 1n, (ORDER >> 1n) + 1n].map(hex);
  // Digests at and above the order are reduced modulo it, and zero is a digest like any other.
  const digests = [0n, 1n, ORDER - 1n, ORDER, ORDER + 1n, (1n << 256n) - 1n].map(hex);
  const pairs = keys.flatMap((key) => digests.map((digest) => [key, digest]));
  while (pairs.length < 1000) pairs.push([random.word(), random.word()]);
  return {
    format: "[digest, private key, r, s, v, address of the key]: ECDSA over secp256k1, nonce by RFC 6979, low s.",
    cases: await Promise.all(pairs.map(([key, digest]) => signature(key, digest))),
  };
}
