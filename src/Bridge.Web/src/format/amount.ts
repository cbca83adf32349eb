import { formatUnits } from "viem";

/** "1,234.5" of 1234500000 with 6 decimals: all digits, grouped, without trailing zeros. */
export function formatAmount(amount: bigint | string, decimals: number): string {
  const [whole = "0", fraction] = formatUnits(BigInt(amount), decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** A message may carry a call alone, as that of an NFT's bridge does. */
export const hasTokens = ({ assetId }: { assetId: string }) => assetId !== "0";

/** With its symbol; base units where the token's decimals are not known. */
export function showAmount(amount: { amount: string; symbol?: string; decimals?: number; assetId: string }): string {
  if (!hasTokens(amount)) return "A message without tokens";
  if (amount.decimals === undefined) return `${amount.amount} base units of asset ${amount.assetId}`;
  return `${formatAmount(amount.amount, amount.decimals)} ${amount.symbol ?? `of asset ${amount.assetId}`}`;
}

/** Base units of what a person typed, or a sentence that says what is wrong with it. */
export function readAmount(typed: string, decimals: number): bigint | string {
  const text = typed.trim();
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text)) return "Give a number such as 12.5, with a point and without other signs.";
  const [whole = "", fraction = ""] = text.split(".");
  if (fraction.length > decimals) return `This token has ${decimals} decimals.`;
  const amount = BigInt(whole + fraction.padEnd(decimals, "0"));
  if (amount >= 2n ** 128n) return "That is more than any token has.";
  return amount > 0n ? amount : "The amount must be more than zero.";
}
