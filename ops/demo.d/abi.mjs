import { parseAbi } from "./viem.mjs";

// Written down from protocol.md and not taken from the build: the count must not inherit a mistake.
export const bridgeAbi = parseAbi([
  "function send(uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee) returns (uint64, bytes32)",
  "function outbound(uint256 chainId) view returns (uint64, bytes32)",
  "function inbound(uint256 chainId) view returns (bytes32)",
  "function asset(uint32 assetId) view returns ((address token, uint8 mode, uint128 locked))",
  "event MessageSent(uint256 indexed destinationChainId, uint64 indexed sequence, address indexed sender, bytes32 rollingHash, bytes message)",
  "event MessagesDelivered(bytes32 indexed lane, uint64 firstSequence, uint64 lastSequence, bytes32 rollingHash, address deliverer)",
  "event MessageDeferred(bytes32 indexed lane, uint64 indexed sequence, bytes32 messageHash, uint64 heldUntil, bytes reason)",
  "event MessageRetried(bytes32 indexed lane, uint64 indexed sequence, address caller)",
]);

export const tokenAbi = parseAbi([
  "function approve(address spender, uint256 amount) returns (bool)",
  "function balanceOf(address account) view returns (uint256)",
  "function mint(address to, uint256 amount)",
  "function totalSupply() view returns (uint256)",
  "event Transfer(address indexed from, address indexed to, uint256 value)",
]);

export const event = (abi, name) => abi.find((item) => item.type === "event" && item.name === name);
