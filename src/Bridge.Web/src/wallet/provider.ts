import { isHex, type Hex } from "viem";

/** EIP-1193. */
export interface Provider {
  request(request: { method: string; params?: unknown }): Promise<unknown>;
  on?(event: string, listener: (value: never) => void): void;
  removeListener?(event: string, listener: (value: never) => void): void;
}

/** EIP-6963. The icon is a data URL, shown as an image only: as markup it could run scripts. */
export interface Wallet { info: { uuid: string; name: string; icon: string; rdns: string }; provider: Provider }

/** Codes of EIP-1193, EIP-3326 and EIP-1474 that the pages tell apart. */
export const REJECTED = 4001;
export const UNKNOWN_CHAIN = 4902;
export const EXECUTION_REVERTED = 3;

export const codeOf = (error: unknown) => (error as { code?: number } | null)?.code;

/** What went wrong in the wallet, in words. */
export function walletMessage(error: unknown): string {
  if (codeOf(error) === REJECTED) return "You declined in your wallet. Nothing was sent.";
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === "string" && message.length > 0 ? message : "The wallet gave no reason.";
}

/** The data of a revert, which wallets put at different depths. */
export function revertData(error: unknown, depth = 0): Hex | undefined {
  if (depth > 4 || typeof error !== "object" || error === null) return undefined;
  const { data, error: inner, cause, originalError } = error as Record<string, unknown>;
  if (isHex(data) && data.length >= 10) return data;
  return [data, inner, cause, originalError].map((next) => revertData(next, depth + 1)).find((found) => found !== undefined);
}
