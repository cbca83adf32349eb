import { isAddress, isAddressEqual, zeroAddress, type Address } from "viem";
import type { Chain, Token } from "../api/deployment.ts";
import type { LaneAsset } from "../api/lanes.ts";
import type { Facts } from "../chain/reads.ts";
import { formatAmount, readAmount } from "../format/amount.ts";
import { dateOf } from "../format/time.ts";
import type { Typed } from "./check.ts";

/** What stands in the form. */
export interface Order { source: Chain; destination: Chain; assetId: number; token: Token; amount: string; recipient: string }

export interface Judged {
  /** What there is to sign; absent while something is wrong or not known. */
  typed?: Typed;
  fee?: bigint;
  minimumFee?: bigint;
  /** For whoever submits a signed transfer, on top of the amount in `typed`. */
  relayerFee?: bigint;
  /** The least and the most that can be sent. */
  least?: bigint;
  most?: bigint;
  amountError?: string;
  recipientError?: string;
  /** Why nothing can be sent at all. */
  obstacle?: string;
}

/** In percent of the minimum fee, on top of it: the minimum may rise before the transaction is mined. */
export const FEE_MARGIN = 10n;

/**
 * Judges the form by what the chain says.
 * @param facts undefined while they are not known: no wallet, or on another chain
 * @param quoted the fee of a quote for this order, if there is one
 */
export function judge(order: Order, account: Address | undefined, facts: Facts | undefined, quoted?: bigint): Judged {
  const judged: Judged = { ...recipientFault(order.recipient, [order.source.bridge, order.destination.bridge, order.token.token]) };
  const amount = order.amount.trim() === "" ? undefined : readAmount(order.amount, order.token.decimals);
  if (typeof amount === "string") judged.amountError = amount;
  if (!facts || !account) return judged;
  const obstacle = obstacleOf(order, facts);
  if (obstacle) return { ...judged, obstacle };

  const own = order.recipient.toLowerCase() === account.toLowerCase();
  const minimumFee = own ? facts.fees!.transfer : facts.fees!.transferTo;
  const fee = quoted ?? (minimumFee * (100n + FEE_MARGIN) + 99n) / 100n;
  const most = mostOf(facts);
  Object.assign(judged, { minimumFee, fee, least: fee + 1n, most });
  if (typeof amount !== "bigint") return judged;
  const fault = amountFault(amount, fee + 1n, most, facts, order.token);
  if (fault) return { ...judged, amountError: fault };
  return judged.recipientError ? judged : { ...judged, typed: typedOf(order, amount, fee) };
}

/**
 * Why a transfer could neither be paid at its destination nor sent back: both ends pay out less than that, however long one waits.
 * @param there what the lane pays out @param back what the lane in the other direction does; undefined where it is not known
 */
export function lockedOut(amount: bigint, there: LaneAsset | undefined, back: LaneAsset | undefined, { source, destination, token }: Order): string | undefined {
  const [most, mostBack] = [there?.deliver, back?.deliver].map((bucket) => bucket && BigInt(bucket.capacity));
  if (most === undefined || mostBack === undefined || amount <= most || amount <= mostBack) return undefined;
  const show = (value: bigint) => `${formatAmount(value, token.decimals)} ${token.symbol}`;
  return `No more than ${show(most)} can ever be paid at once on ${destination.name}, and no more than ${show(mostBack)} could come back to ${source.name}. Send less at a time.`;
}

function obstacleOf({ token, destination, source }: Order, facts: Facts): string | undefined {
  if (facts.token.toLowerCase() !== token.token.toLowerCase()) return `The Bridge on ${source.name} takes another token (${facts.token}) than this page was told (${token.token}). Do not go on; tell the operator.`;
  if (!facts.fees) return `${token.symbol} cannot be sent to ${destination.name} yet: the Bridge has no fee for it.`;
  if (facts.pausedUntil > 0n) return `Sending is paused, at the longest until ${dateOf(facts.pausedUntil)}. Nothing that was sent is lost.`;
  return undefined;
}

/** What is wrong with a recipient. @param refused accounts that must not be one */
export function recipientFault(recipient: string, refused: Address[]): { recipientError?: string } {
  if (recipient === "") return { recipientError: "Give an address, or connect a wallet." };
  if (!isAddress(recipient, { strict: false })) return { recipientError: "An address is 0x and 40 hexadecimal digits." };
  if (!isAddress(recipient)) return { recipientError: "The address has a typing error: its capital letters do not fit. Copy it again." };
  if ([zeroAddress, ...refused].some((one) => isAddressEqual(one, recipient))) return { recipientError: "The Bridge pays nothing to this address." };
  return {};
}

function mostOf({ balance, reserve, available }: Facts): bigint {
  const own = balance > reserve ? balance - reserve : 0n;
  return available !== null && available < own ? available : own;
}

function amountFault(amount: bigint, least: bigint, most: bigint, { available }: Facts, { symbol, decimals }: Token): string | undefined {
  const show = (value: bigint) => `${formatAmount(value, decimals)} ${symbol}`;
  if (amount < least) return `The fee would take it all. Send at least ${show(least)}.`;
  if (amount <= most) return undefined;
  if (available !== null && available < amount && most === available) return `The limit of ${symbol} lets out ${show(available)} now. Send less, or wait: it fills up again.`;
  return `You can send up to ${show(most)}.`;
}

const typedOf = ({ source, destination, assetId, token, recipient }: Order, amount: bigint, fee: bigint): Typed => ({
  bridge: source.bridge,
  ...(token.mode === "lock" && { token: token.token }),
  destination: BigInt(destination.id),
  assetId,
  recipient: recipient as Address,
  amount,
  fee,
  value: token.mode === "native" ? amount : 0n,
});
