import { bytesToHex, concat, getAddress, recoverTypedDataAddress, stringToBytes, type Address, type Hex } from "viem";
import { sha256 } from "./digest.ts";

/** role: whose log it is, or somebody who has seen it only grow. time: seconds since 1970 at which it was signed. */
export interface NoteSignature { name: string; signer: Address; role: "operator" | "witness"; time: bigint; signature: Hex }

/** A C2SP checkpoint and the names under it. size: leaves. */
export interface SignedNote { origin: string; size: bigint; root: Hex; signatures: NoteSignature[] }

/** What everything of the log is signed under; it is on no chain. */
export const LOG_DOMAIN = { name: "Bridge audit log", version: "1" } as const;

const CHECKPOINT = [{ name: "origin", type: "string" }, { name: "treeSize", type: "uint64" }, { name: "rootHash", type: "bytes32" }, { name: "time", type: "uint64" }] as const;
/** 0xff, a kind of signature that C2SP has not numbered, and its name. */
const KIND = concat([new Uint8Array([0xff]), stringToBytes("bridge-eip712-secp256k1")]);
const LENGTH = 97;
const ROLES = ["operator", "witness"] as const;
const NAME = /^[^\s+\p{Cc}]{1,255}$/u;
/** Half of secp256k1's order: above it is a signature's second form, which is none. */
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** Reads a signed note in its one form; lines of other kinds of signatures are passed over. @throws Error for anything else */
export async function parseNote(text: string): Promise<SignedNote> {
  const end = text.lastIndexOf("\n\n");
  const [origin = "", size = "", root = "", ...more] = text.slice(0, Math.max(end, 0)).split("\n");
  const hash = base64(root);
  const lines = text.slice(end + 2).split("\n");
  const whole = end > 0 && more.length === 0 && text.endsWith("\n") && NAME.test(origin) && /^(0|[1-9]\d{0,19})$/.test(size) && hash?.length === 32;
  if (!whole || lines.pop() !== "" || lines.length === 0 || lines.length > 100 || !lines.every((line) => line.startsWith("— "))) throw new Error("This is no signed checkpoint: its origin, size, root and signatures are not in the form of C2SP.");
  const signatures = (await Promise.all(lines.map(parseLine))).filter((signature) => signature !== undefined);
  return { origin, size: BigInt(size), root: bytesToHex(hash), signatures };
}

async function parseLine(line: string): Promise<NoteSignature | undefined> {
  const [, name = "", text = "", ...more] = line.split(" ");
  const bytes = base64(text);
  const role = ROLES[bytes?.[4] ?? -1];
  if (more.length > 0 || !NAME.test(name) || bytes?.length !== LENGTH || !role) return undefined;
  const signer = bytes.slice(13, 33);
  const keyId = await sha256(concat([stringToBytes(`${name}\n`), KIND, signer]));
  if (keyId.slice(0, 10) !== bytesToHex(bytes.slice(0, 4))) return undefined;
  return { name, signer: getAddress(bytesToHex(signer)), role, time: BigInt(bytesToHex(bytes.slice(5, 13))), signature: bytesToHex(bytes.slice(33)) };
}

/** Whether the signature over the checkpoint is by the one whom its line names. */
export async function holds({ origin, size, root }: SignedNote, { signer, role, time, signature }: NoteSignature): Promise<boolean> {
  const primaryType = role === "operator" ? "LogCheckpoint" : "LogCosignature";
  const message = { origin, treeSize: size, rootHash: root, time };
  return signer === await recover(signature, (parts) => recoverTypedDataAddress({ domain: LOG_DOMAIN, types: { LogCheckpoint: CHECKPOINT, LogCosignature: CHECKPOINT }, primaryType, message, signature: parts }));
}

interface Parts { r: Hex; s: Hex; yParity: number }

/** Whoever made 64 bytes of EIP-2098; undefined where nobody did. */
export async function recover(signature: Hex, who: (parts: Parts) => Promise<Address>): Promise<Address | undefined> {
  if (!/^0x[0-9a-f]{128}$/.test(signature)) return undefined;
  const top = BigInt(`0x${signature.slice(66)}`);
  const s = top & (2n ** 255n - 1n);
  if (s > HALF_ORDER) return undefined;
  try {
    return await who({ r: `0x${signature.slice(2, 66)}`, s: `0x${s.toString(16).padStart(64, "0")}`, yParity: Number(top >> 255n) });
  } catch {
    return undefined; // No point of the curve: nobody's signature.
  }
}

/** Bytes of base64 in its one form. */
function base64(text: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    return btoa(String.fromCharCode(...bytes)) === text ? bytes : undefined;
  } catch {
    return undefined; // Other characters than base64 has.
  }
}
