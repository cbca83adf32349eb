import { bytesToHex, type Hex } from "viem";

/** SHA-256, by the browser itself. @throws Error where the browser has none for this page */
export async function sha256(bytes: Uint8Array): Promise<Hex> {
  if (!globalThis.crypto?.subtle) throw new Error("This browser hashes for pages that came over https only. Open this page by https, or on this machine by 127.0.0.1.");
  return bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>)));
}
