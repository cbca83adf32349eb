import { postJson } from "./client.ts";
import { Problem } from "./problem.ts";

export interface QuoteAmount { assetId: string; amount: string; symbol?: string; decimals?: number }

type Members = Record<string, unknown>;

/** The parameter of eth_signTypedData_v4. */
export interface TypedData { types: Record<string, { name: string; type: string }[]>; primaryType: string; domain: Members; message: Members }

/** kind: transaction, typedData or submit. intent: what an ERC-3009 nonce is the digest of. */
export interface Step { kind: string; chain: string; describe: string; to?: `0x${string}`; data?: `0x${string}`; value?: string; typedData?: TypedData; intent?: Members }

/** The parameter of wallet_sendCalls. */
export interface Calls { chainId: `0x${string}`; from: string; calls: { to: `0x${string}`; data: `0x${string}`; value: `0x${string}` }[] }

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
  calls?: Calls;
}

export interface Quote { quoteId: string; expiresAt: string; routes: Route[]; rejected: { routeId: string; code: string; message: string }[] }

export interface Wanted { source: string; destination: string; assetId: string; from: string; recipient: string; amount: bigint; gasless: boolean }

// Asking again on every key stroke would not make this API offer them.
let areOffered = true;

/** Null where this API offers no quotes. @throws Problem for a transfer that cannot be made, and says why */
export async function askQuote({ source, destination, assetId, from, recipient, amount, gasless }: Wanted, signal: AbortSignal): Promise<Quote | null> {
  if (!areOffered) return null;
  try {
    return await postJson<Quote>("/v1/quotes", { source: { chain: source, asset: assetId, from }, destination: { chain: destination, recipient }, amount: String(amount), gasPayer: gasless ? "token" : "user" }, signal);
  } catch (error) {
    if (!(error instanceof Problem && error.isMissingEndpoint)) throw error;
    areOffered = false;
    return null;
  }
}
