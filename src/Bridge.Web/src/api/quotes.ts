import { postJson } from "./client.ts";
import { Problem } from "./problem.ts";

export interface QuoteAmount { assetId: string; amount: string; symbol?: string; decimals?: number }

/** kind: transaction, typedData or submit. */
export interface Step { kind: string; chain: string; describe: string; to?: `0x${string}`; data?: `0x${string}`; value?: string }

export interface Route {
  routeId: string;
  why: string[];
  legs: { source: string; destination: string; recipient?: string; amount: string; fee: string }[];
  input: QuoteAmount;
  output: QuoteAmount;
  fees: { kind: string; payer: string; asset: string; amount: string; minimum?: string; marginPercent?: number }[];
  eta: { p50?: number; p95?: number; basis: string };
  security: { threshold: number; validators: number; finality: string };
  warnings: { code: string; severity: string; message: string }[];
  steps: Step[];
}

export interface Quote { quoteId: string; expiresAt: string; routes: Route[]; rejected: { routeId: string; code: string; message: string }[] }

export interface Wanted { source: string; destination: string; assetId: string; from: string; recipient: string; amount: bigint }

// Asking again on every key stroke would not make this API offer them.
let areOffered = true;

/** Null where this API offers no quotes. @throws Problem for a transfer that cannot be made, and says why */
export async function askQuote({ source, destination, assetId, from, recipient, amount }: Wanted, signal: AbortSignal): Promise<Quote | null> {
  if (!areOffered) return null;
  try {
    return await postJson<Quote>("/v1/quotes", { source: { chain: source, asset: assetId, from }, destination: { chain: destination, recipient }, amount: String(amount) }, signal);
  } catch (error) {
    if (!(error instanceof Problem && error.isMissingEndpoint)) throw error;
    areOffered = false;
    return null;
  }
}
