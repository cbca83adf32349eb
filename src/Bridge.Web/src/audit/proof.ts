import type { Hex } from "viem";
import { canonical } from "./canonical.ts";
import { leafHash, rootFrom } from "./merkle.ts";
import { parseNote, type SignedNote } from "./note.ts";
import { signatureSteps, step, type Step } from "./steps.ts";

/** What a leaf tells, and what was found out about it. */
export interface CheckedLeaf { index: string; kind: string; change: string; at: string; entry: string; steps: Step[] }

export interface CheckedProof { transferId: string; steps: Step[]; leaves: CheckedLeaf[] }

interface Leaf { leafIndex: string; leafHash: string; entry: string; proof: Hex[] }

const HASH = /^0x[0-9a-f]{64}$/;

/**
 * Checks an answer of /v1/audit/log/proof/{id} with nothing but what it holds.
 * @param asked the transfer that it must be about; empty for whichever it names
 * @param operator whose log it must be; empty to leave that to the reader
 */
export async function checkProof(json: unknown, asked: string, operator: string): Promise<CheckedProof> {
  const transferId = text(json, "transferId");
  const given = member(json, "leaves");
  const leaves = Array.isArray(given) ? given : [];
  const about = asked === "" || transferId.toLowerCase() === asked.toLowerCase();
  const steps = [
    step("It is a proof of the transfer", HASH.test(transferId) && about, about ? `Transfer ${transferId || "without an id"}.` : `It is of ${transferId}, and ${asked} was asked for.`),
    step("It has leaves", leaves.length > 0, `${leaves.length}. That there is no other, no proof can say.`),
  ];
  let note: SignedNote;
  try {
    note = await parseNote(text(json, "checkpoint"));
  } catch (error) {
    return { transferId, steps: [...steps, step("The checkpoint can be read", false, (error as Error).message)], leaves: [] };
  }
  steps.push(step("The checkpoint can be read", true, `${note.origin}, ${note.size} leaves, root ${note.root}.`), ...(await signatureSteps(note, operator)));
  return { transferId, steps, leaves: await Promise.all(leaves.map((leaf) => checkLeaf(leaf, note, transferId))) };
}

export const allSteps = ({ steps, leaves }: CheckedProof): Step[] => [...steps, ...leaves.flatMap((leaf) => leaf.steps)];

async function checkLeaf(json: unknown, note: SignedNote, transferId: string): Promise<CheckedLeaf> {
  const entry = text(json, "entry");
  const told = readEntry(entry);
  const leaf = { index: text(json, "leafIndex"), kind: text(told, "kind"), change: text(told, "change"), at: text(told, "at"), entry };
  if (!isLeaf(json)) return { ...leaf, steps: [step("It is a leaf", false, "It has not the members leafIndex, leafHash, entry and proof in their form.")] };
  const names = text(member(told, "row"), "messageId");
  const hash = await leafHash(entry);
  const root = await rootFrom(hash, BigInt(json.leafIndex), note.size, json.proof);
  return {
    ...leaf,
    steps: [
      step("It is an entry in its one form", told !== undefined, told ? "Canonical JSON (RFC 8785)." : "Its text is not canonical JSON."),
      step("It names the transfer", names !== "" && names === transferId, names ? `Its row names ${names}.` : "Its row names no transfer."),
      step("Its hash is that of its text", hash === json.leafHash, `SHA-256 of 0x00 and the text is ${hash}${hash === json.leafHash ? "" : `, not ${json.leafHash}`}.`),
      step("It leads to the checkpoint's root", root === note.root, root ? `Its ${json.proof.length} hashes lead to ${root}.` : `Its ${json.proof.length} hashes lead to no tree of ${note.size} leaves.`),
    ],
  };
}

function isLeaf(json: unknown): json is Leaf {
  const proof = member(json, "proof");
  return /^(0|[1-9]\d{0,18})$/.test(text(json, "leafIndex")) && HASH.test(text(json, "leafHash")) && Array.isArray(proof) && proof.length <= 64 && proof.every((hash) => typeof hash === "string" && HASH.test(hash));
}

/** Undefined where it is not in its one form. */
function readEntry(entry: string): unknown {
  try {
    const told: unknown = JSON.parse(entry);
    return canonical(told) === entry ? told : undefined;
  } catch {
    return undefined; // No JSON, or with numbers.
  }
}

export function member(json: unknown, name: string): unknown {
  return typeof json === "object" && json !== null && Object.hasOwn(json, name) ? (json as Record<string, unknown>)[name] : undefined;
}

/** Empty where it is no text. */
export function text(json: unknown, name: string): string {
  const value = member(json, name);
  return typeof value === "string" ? value : "";
}
