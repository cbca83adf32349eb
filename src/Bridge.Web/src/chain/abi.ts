import { parseAbi } from "viem";

/** What the pages read of a Bridge and let people sign. contracts/src/interfaces has the whole of it. */
export const bridgeAbi = parseAbi([
  "function send(uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee) payable",
  "function retry(bytes32 lane, uint64 sequence, bytes message)",
  "function refund(bytes32 lane, uint64 sequence, bytes message)",
  "function deferral(bytes32 lane, uint64 sequence) view returns (bytes32 messageHash, uint64 since, uint64 heldUntil)",
  "function asset(uint32 assetId) view returns ((address token, uint8 mode, uint128 locked))",
  "function minimumFees(uint32 assetId, uint256 destinationChainId) view returns ((uint128 transfer, uint128 transferTo, uint128 callBase, uint64 callPerGas, uint64 callPerByte) fees, bool set)",
  "function outboundLimit(uint32 assetId) view returns ((uint128 capacity, uint32 period) limit, uint256 available)",
  "function pausedUntil(uint256 chainId, uint32 assetId) view returns (uint64 everything, uint64 lane, uint64 asset)",
  "function REFUND_DELAY() view returns (uint64)",
]);

export const tokenAbi = parseAbi([
  "function balanceOf(address account) view returns (uint256)",
  "function allowance(address owner, address spender) view returns (uint256)",
  "function approve(address spender, uint256 amount) returns (bool)",
]);
