import { getJson, postJson } from "./client.ts";
import { Problem } from "./problem.ts";

/** status: ACCEPTED, SUBMITTED, INCLUDED, FINAL, REFUSED or FAILED. */
export interface Intent { intentId: string; status: string; reason?: string; txHash?: `0x${string}`; transferId?: string }

const TRIES = 3;
const PAUSE_MILLISECONDS = 1_000;

/** Hands a signature in, once, however often it has to be tried. @returns the intent's id @throws Problem */
export async function handIn(quoteId: string, routeId: string, signature: string): Promise<string> {
  const key = crypto.randomUUID();
  for (let tries = 1; ; tries++) {
    try {
      return (await postJson<{ intentId: string }>("/v1/transfers", { quoteId, routeId, signature }, undefined, key)).intentId;
    } catch (error) {
      // Silence may mean that it arrived: the key makes the next try find that out, and not submit it twice.
      if (!(error instanceof Problem && error.status === 0) || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  }
}

/** @throws Problem */
export const getIntent = (id: string) => getJson<Intent>(`/v1/intents/${id}`);
