// Who signs where a peer lets one choose: three of five. The m that sign stand first in the set, which is the cheapest for it.
import { concat, keccak256, serializeSignature, toHex } from "viem";
import { privateKeyToAccount, sign } from "viem/accounts";

export const THRESHOLD = 3;

export const signers = (n, of = "signer") => Array.from({ length: n }, (_, i) => keccak256(toHex(`gas of peers: ${of} ${i}`)))
  .map((privateKey) => ({ privateKey, address: privateKeyToAccount(privateKey).address }))
  .sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1));

export const FIVE = signers(5);

/** 65 bytes each. */
export async function signatures65(hash, by = FIVE, m = THRESHOLD) {
  const signed = await Promise.all(by.slice(0, m).map(({ privateKey }) => sign({ hash, privateKey })));
  return signed.map((signature) => serializeSignature(signature));
}

export const packed = async (...args) => concat(await signatures65(...args));
