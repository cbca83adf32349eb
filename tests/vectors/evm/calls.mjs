import { AbiCoder, Interface, id } from "ethers";
import { encodeEventTopics, encodeErrorResult, encodeFunctionData, parseAbi, toEventSelector, toFunctionSelector } from "viem";
import { Random, agreed } from "./random.mjs";

const random = new Random("calls");

// The Bridge and the tokens as protocol.md and the ERCs give them.
const human = [
  "function send(uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee)",
  "function deliver(bytes32 lane, uint64 firstSequence, bytes messages, (uint64 epoch, uint256 signers, bytes signatures) certificate)",
  "function retry(bytes32 lane, uint64 sequence, bytes message)",
  "function approve(address spender, uint256 amount)",
  "event MessageSent(uint256 indexed destinationChainId, uint64 indexed sequence, address indexed sender, bytes32 rollingHash, bytes message)",
  "event MessagesDelivered(bytes32 indexed lane, uint64 firstSequence, uint64 lastSequence, bytes32 rollingHash, address deliverer)",
  "event MessageDeferred(bytes32 indexed lane, uint64 indexed sequence, bytes32 messageHash, uint64 heldUntil, bytes reason)",
  "event MessageRetried(bytes32 indexed lane, uint64 indexed sequence, address caller)",
  "event MessageRefunded(bytes32 indexed lane, uint64 indexed sequence, uint64 returnSequence, address caller)",
  "error WrongEpoch(uint64 given, uint64 current)",
  "error StillHeld(uint64 until)",
  "error RecipientRefused(address recipient)",
  "error Error(string reason)",
  "error Panic(uint256 code)",
];
const ethers = new Interface(human);
const viem = parseAbi(human);
const text = (v) => (Array.isArray(v) ? v.map(text) : typeof v === "bigint" ? String(v) : v);

const call = (name, args) => ({
  kind: "call", name, args: text(args),
  data: agreed(name, ethers.encodeFunctionData(name, args), encodeFunctionData({ abi: viem, functionName: name, args: name === "deliver" ? [...args.slice(0, 3), { epoch: args[3][0], signers: args[3][1], signatures: args[3][2] }] : args })),
});

function event(name, args) {
  const fragment = ethers.getEvent(name);
  const { data, topics } = ethers.encodeEventLog(fragment, args);
  const indexed = Object.fromEntries(fragment.inputs.map((p, i) => [p.name, args[i]]).filter((_, i) => fragment.inputs[i].indexed));
  agreed(name, topics.join(), encodeEventTopics({ abi: viem, eventName: name, args: indexed }).join());
  return { kind: "event", name, args: text(args), topics, data };
}

const error = (name, args) => ({
  kind: "error", name, args: text(args), data: agreed(name, ethers.encodeErrorResult(name, args), encodeErrorResult({ abi: viem, errorName: name, args })),
});

const selector = (signature) => ({
  kind: "selector", signature, selector: agreed(signature, id(signature).slice(0, 10), toFunctionSelector(signature)), topic: agreed(signature, id(signature), toEventSelector(signature)),
});

export function calls() {
  const r = random;
  const u64 = () => r.uint(64);
  return {
    format: "kind call: calldata; event: topics and data of a log; error: revert data; selector: of a signature, and its whole hash. Numbers are decimal strings.",
    cases: [
      ...r.times(20, () => call("send", [u64(), r.uint(32), r.address(), r.uint(128), r.uint(128)])),
      ...r.times(20, (i) => call("deliver", [r.word(), u64(), r.bytes(57 * (i % 7)), [u64(), r.uint(256), r.bytes(64 * (i % 5))]])),
      ...r.times(10, (i) => call("retry", [r.word(), u64(), r.bytes(i * 11)])),
      call("approve", [r.address(), (1n << 256n) - 1n]),
      ...r.times(10, (i) => event("MessageSent", [u64(), u64(), r.address(), r.word(), r.bytes(i % 2 ? 57 : 77)])),
      ...r.times(10, () => event("MessagesDelivered", [r.word(), u64(), u64(), r.word(), r.address()])),
      ...r.times(10, (i) => event("MessageDeferred", [r.word(), u64(), r.word(), u64(), r.bytes(i * 7)])),
      ...r.times(5, () => event("MessageRetried", [r.word(), u64(), r.address()])),
      ...r.times(5, () => event("MessageRefunded", [r.word(), u64(), u64(), r.address()])),
      error("WrongEpoch", [3n, 4n]), error("StillHeld", [7n]), error("RecipientRefused", [r.address()]),
      error("Error", ["not enough"]), error("Error", [""]), error("Panic", [0x11n]), error("Panic", [0x99n]),
      ...["transfer(address,uint256)", "symbol()", "validatorSet(uint64)", "f((uint8,(bytes,string[2])[])[3],int256)", "laneId(uint256,uint256)"].map(selector),
      { kind: "return", types: "(address[],uint8)", data: AbiCoder.defaultAbiCoder().encode(["address[]", "uint8"], [[r.address(), r.address()], 2]) },
    ],
  };
}
