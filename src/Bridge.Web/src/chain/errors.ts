import { decodeErrorResult, parseAbi, type Hex } from "viem";
import { dateOf, whenUnix } from "../format/time.ts";

const errorsAbi = parseAbi([
  "error UnknownLane(uint256 chainId)",
  "error UnknownAsset(uint32 assetId)",
  "error AmountZero()",
  "error AmountTooLarge(uint256 amount, uint256 room)",
  "error MinimumFeeNotSet(uint32 assetId, uint256 destinationChainId)",
  "error FeeTooLow(uint256 fee, uint256 minimum)",
  "error RecipientRefused(address recipient)",
  "error AmountNotReceived(uint256 received, uint128 amount)",
  "error ValueWrong(uint256 given, uint256 needed)",
  "error OutboundLimitExceeded(uint32 assetId, uint256 amount, uint64 passesAt)",
  "error InboundLimitExceeded(uint32 assetId, uint256 amount, uint64 passesAt)",
  "error MintLimitExceeded(address bridge, uint256 amount, uint64 passesAt)",
  "error MintRefused(address to)",
  "error InsufficientLocked(uint32 assetId, uint256 locked, uint256 amount)",
  "error LargerThanThreshold(uint256 amount, uint256 threshold)",
  "error NotDeferred(bytes32 lane, uint64 sequence)",
  "error RetryFailed(bytes reason)",
  "error WrongMessage(bytes32 given, bytes32 deferred)",
  "error StillHeld(uint64 until)",
  "error NothingToRefund()",
  "error RefundTooEarly(uint64 from)",
  "error EverythingIsPaused(uint64 until)",
  "error LaneIsPaused(uint256 chainId, uint64 until)",
  "error AssetIsPaused(uint32 assetId, uint64 until)",
  "error InsufficientAllowance()",
  "error InsufficientBalance()",
  "error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)",
  "error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)",
  "error Error(string text)",
]);

/** What a revert means to the person who would have signed. Unknown data is shown as it is. */
export function explainRevert(data: Hex): string {
  if (data.length < 10) return "It would fail without a reason.";
  let decoded;
  try {
    decoded = decodeErrorResult({ abi: errorsAbi, data });
  } catch {
    return `It would fail with ${data}.`;
  }
  switch (decoded.errorName) {
    case "AmountZero": return "The amount is zero.";
    case "AmountTooLarge": return "The amount is larger than the Bridge can hold. Send less.";
    case "UnknownLane": return "There is no lane to that chain.";
    case "UnknownAsset": return "The Bridge does not know this asset.";
    case "MinimumFeeNotSet": return "This asset cannot be sent to that chain: it has no fee there yet.";
    case "FeeTooLow": return `The fee is below the minimum of ${decoded.args[1]} base units, which has risen. Try again to get the new fee.`;
    case "RecipientRefused": return "The Bridge pays nothing to this recipient. Choose another.";
    case "AmountNotReceived": return "The token takes a part of each transfer for itself, and the Bridge refuses such tokens.";
    case "ValueWrong": return "The coin paid along is not the amount.";
    case "OutboundLimitExceeded":
    case "InboundLimitExceeded":
    case "MintLimitExceeded": return passes(decoded.args[2]);
    case "InsufficientLocked": return "The Bridge does not hold as much. Please tell the operator.";
    case "MintRefused": return "The token pays nothing to this recipient.";
    case "LargerThanThreshold": return "It is larger than what passes without a wait.";
    case "NotDeferred": return "It does not wait any more: it was retried or refunded already.";
    case "RetryFailed": return `Its effect would fail again. ${explainRevert(decoded.args[0])}`;
    case "WrongMessage": return "This is not the message that waits there. Nothing was signed; please tell the operator.";
    case "StillHeld": return `A transfer of this size is held for safety. It can be retried ${whenUnix(decoded.args[0])}.`;
    case "NothingToRefund": return "Nothing is left to send back after the fee.";
    case "RefundTooEarly": return `Only the recipient can refund it now; anybody can ${whenUnix(decoded.args[0])}.`;
    case "EverythingIsPaused": return `The Bridge is paused, at the longest until ${dateOf(decoded.args[0])}.`;
    case "LaneIsPaused": return `The lane is paused, at the longest until ${dateOf(decoded.args[1])}.`;
    case "AssetIsPaused": return `The asset is paused, at the longest until ${dateOf(decoded.args[1])}.`;
    case "InsufficientAllowance":
    case "ERC20InsufficientAllowance": return "The Bridge may not take that much of the token yet: approve it first.";
    case "InsufficientBalance":
    case "ERC20InsufficientBalance": return "The account does not hold that much of the token.";
    case "Error": return `The contract says: ${decoded.args[0]}.`;
  }
}

/** @param at seconds since 1970; the greatest uint64 where it never passes */
const passes = (at: bigint) =>
  at === 2n ** 64n - 1n ? "It is more than the asset's limit ever lets through at once." : `The asset's limit is used up. It fills again, and so much passes ${whenUnix(at)}.`;
