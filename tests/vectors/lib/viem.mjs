// viem lives where the contracts' tools live; `npm ci` in contracts/ brings it.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../../../contracts/package.json", import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

const viem = await load("viem");
const { privateKeyToAccount, sign } = await load("viem/accounts");

export const {
  concat, encodeAbiParameters, hashDomain, hashStruct, hashTypedData, hexToBigInt, keccak256,
  numberToHex, serializeCompactSignature, signatureToCompactSignature, size, slice, toHex,
} = viem.default ?? viem;
export { privateKeyToAccount, sign };
