// Keys of a deployment whose validators also sign here, where something is to be delivered without them.
import { createKeys } from "../demo.d/keys.mjs";
import { EXECUTOR, VALIDATORS } from "../demo.d/nodes.mjs";
import { generatePrivateKey, privateKeyToAccount } from "../demo.d/viem.mjs";

/** @returns keys as the nodes want them, and the validators' accounts in ascending order of their addresses */
export function createMembers(folder) {
  const secrets = Object.fromEntries(VALIDATORS.map((name) => [name, generatePrivateKey()]));
  const keys = createKeys(folder, [...VALIDATORS, EXECUTOR], secrets);
  const validators = Object.values(secrets).map((secret) => privateKeyToAccount(secret)).sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1));
  return { keys, validators };
}
