import type { Address } from "viem";
import { holds, type SignedNote } from "./note.ts";

/** One thing that was checked here. open: nothing is wrong with it, and only the reader can tell. */
export interface Step { title: string; state: "passed" | "failed" | "open"; detail: string }

export const step = (title: string, passed: boolean, detail: string): Step => ({ title, state: passed ? "passed" : "failed", detail });

/** "failed" when anything is; "open" when the reader has something left to compare. */
export const verdict = (steps: Step[]): Step["state"] => (["failed", "open"] as const).find((state) => steps.some((one) => one.state === state)) ?? (steps.length > 0 ? "passed" : "failed");

/** Whether a signer is who the reader expects. */
export function expected(signer: Address, operator: string): Step {
  const title = "The signer is the operator whom you name";
  if (operator === "") return { title, state: "open", detail: `Compare ${signer} with the address that the operator published elsewhere: this page takes no word of the server for it.` };
  return step(title, signer.toLowerCase() === operator.toLowerCase(), `It is ${signer}, and you named ${operator}.`);
}

/** Who signed a checkpoint: its operator, and every witness. @param operator whom the reader expects, or empty */
export async function signatureSteps(note: SignedNote, operator: string): Promise<Step[]> {
  const own = note.signatures.filter(({ role }) => role === "operator");
  const steps: Step[] = own.length === 1 ? [] : [step("One operator has signed the checkpoint", false, `${own.length} have.`)];
  for (const signature of note.signatures) {
    const good = await holds(note, signature);
    const when = new Date(Number(signature.time) * 1000).toISOString();
    steps.push(step(`The ${signature.role}'s signature holds`, good, good ? `By ${signature.signer} (${signature.name}), at ${when}.` : `It is not by ${signature.signer}, whom its line names.`));
    if (signature.role === "operator") steps.push(expected(signature.signer, operator));
  }
  return steps;
}
