import { recoverTypedDataAddress, stringToBytes, type Hex } from "viem";
import { canonical } from "./canonical.ts";
import { sha256 } from "./digest.ts";
import { LOG_DOMAIN, parseNote, recover } from "./note.ts";
import { text } from "./proof.ts";
import { expected, signatureSteps, step, type Step } from "./steps.ts";

const MANIFEST = { ExportManifest: [{ name: "sha256", type: "bytes32" }] } as const;

/** Whether a file is the one of which its signed manifest tells. @param operator whom the reader expects to have signed it; empty to leave that to them */
export async function checkExport(manifest: unknown, file: Uint8Array, operator: string): Promise<Step[]> {
  const hash = await sha256(file);
  const stated = text(manifest, "sha256");
  const steps = [step("The file's SHA-256 is the manifest's", hash === stated, hash === stated ? hash : `The file's is ${hash}, the manifest's ${stated || "missing"}.`)];
  const named = text(manifest, "signer");
  const signer = await signerOf(manifest);
  const good = signer !== undefined && signer === named;
  steps.push(step("The manifest's signature holds", good, good ? `By ${signer}, at ${text(manifest, "generatedAt")}.` : `It is not by ${named || "anybody"}, whom the manifest names.`));
  if (signer) steps.push(expected(signer, operator));
  return [...steps, ...(await checkpointSteps(manifest, named))];
}

async function signerOf(manifest: unknown) {
  const { signer: _, signature, ...signed } = (manifest ?? {}) as Record<string, unknown>;
  let digest: Hex;
  try {
    digest = await sha256(stringToBytes(canonical(signed)));
  } catch {
    return undefined; // With a number in it, nobody has signed it.
  }
  return recover(typeof signature === "string" ? (signature as Hex) : "0x", (parts) => recoverTypedDataAddress({ domain: LOG_DOMAIN, types: MANIFEST, primaryType: "ExportManifest", message: { sha256: digest }, signature: parts }));
}

/** The rows were taken from a log of a size that the same operator signed. */
async function checkpointSteps(manifest: unknown, signer: string): Promise<Step[]> {
  const title = "Its rows are of a log that the signer signed";
  try {
    const note = await parseNote(text(manifest, "checkpoint"));
    const same = text(manifest, "treeSize") === String(note.size) && text(manifest, "rootHash") === note.root;
    return [step(title, same, same ? `${note.origin}, ${note.size} leaves.` : "The manifest's size or root is not the checkpoint's."), ...(await signatureSteps(note, signer))];
  } catch (error) {
    return [step(title, false, (error as Error).message)];
  }
}
