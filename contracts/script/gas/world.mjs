// A Bridge on one chain with both kinds of asset, its validators, and what they sign.
import {
  concat, encodeFunctionData, getContractAddress, hashTypedData, keccak256, numberToHex, parseEventLogs, serializeCompactSignature,
  signatureToCompactSignature, slice, toHex,
} from "viem";
import { privateKeyToAccount, sign } from "viem/accounts";
import { AccessManager, Bridge, BridgedToken, Settings, TestToken, build, load } from "../lib/artifacts.mjs";
import { connect } from "../lib/chain.mjs";
import { addressOf, ensure, saltOf } from "../lib/create2.mjs";
import { minimumFees } from "../lib/fees.mjs";
import { MINIMUM, anyTransfers, transfer } from "./messages.mjs";

export const CHAIN = 918_002;
export const OTHER = 918_001n;
export const LOCKED = 1;
export const MINTED = 2;
const SECONDS_PER_BLOCK = 12;
/** An estimate would be of another block's time, and short by what that costs. */
const GAS = 10_000_000n;
/** Fixed, since they are part of the bytes that are counted. */
const GAS_PRICE = { maxFeePerGas: 3_000_000_000n, maxPriorityFeePerGas: 1_000_000n };
/** More than any measurement moves. */
const PLENTY = { capacity: 2n ** 128n - 1n, period: 3600 };
/** A Bridge creates its Gateway first. */
const SET_NONCE = 2n;
const REMOTE = slice(keccak256(toHex("the Bridge at the other end")), 12);
// anvil's first account; its key is printed whenever anvil starts.
const KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

const account = privateKeyToAccount(KEY);
const salt = saltOf("gas");

build("test/support/NullReceiver.sol");
const NullReceiver = load("NullReceiver");

const makeValidators = (n) => Array.from({ length: n }, (_, i) => keccak256(toHex(`gas validator ${i}`)))
  .map((privateKey) => ({ privateKey, address: privateKeyToAccount(privateKey).address.toLowerCase() }))
  .sort((a, b) => (a.address < b.address ? -1 : 1));

/** The least threshold that a Bridge takes. */
const leastThreshold = (members) => Math.floor((2 * members) / 3) + 1;

const data = ({ abi }, functionName, args) => encodeFunctionData({ abi, functionName, args });

async function deploy(chain, what, artifact, args) {
  await ensure(chain, what, salt, artifact.initCode(args));
  return addressOf(salt, artifact.initCode(args));
}

/** @param threshold one that a Bridge would not take is put in its place afterwards */
export async function makeWorld(rpc, { members, threshold }) {
  const validators = makeValidators(members);
  const deployed = Math.max(threshold, leastThreshold(members));
  const chain = await connect({ name: "anvil", rpc, chainId: CHAIN }, KEY);
  // Limits count time, so the same figures need the same times.
  await chain.reader.request({ method: "anvil_setBlockTimestampInterval", params: [SECONDS_PER_BLOCK] });
  const manager = await deploy(chain, "AccessManager", AccessManager, [chain.deployer]);
  const settings = await deploy(chain, "Settings", Settings, []);
  const bridge = await deploy(chain, "Bridge", Bridge, [manager, settings, validators.map((v) => v.address), deployed]);
  const original = await deploy(chain, "TestToken", TestToken, ["Original", "ORG", 18]);
  const wrapped = await deploy(chain, "BridgedToken", BridgedToken, [manager, bridge, PLENTY, "Wrapped", "WRP", 18]);
  const receiver = await deploy(chain, "NullReceiver", NullReceiver, []);
  const configure = (to, artifact, functionName, args) => chain.transact(functionName, { to, data: data(artifact, functionName, args) });
  await configure(bridge, Bridge, "openLane", [OTHER, REMOTE]);
  await configure(bridge, Bridge, "registerAsset", [LOCKED, original, 1, PLENTY]);
  await configure(bridge, Bridge, "registerAsset", [MINTED, wrapped, 2, { capacity: 0n, period: 0 }]);
  const fees = minimumFees(MINIMUM);
  for (const id of [LOCKED, MINTED]) {
    await configure(bridge, Bridge, "setFeeBounds", [id, OTHER, fees, fees]);
    await configure(bridge, Bridge, "setMinimumFees", [id, OTHER, fees]);
  }
  await configure(original, TestToken, "mint", [chain.deployer, 10n ** 24n]);
  await configure(original, TestToken, "approve", [bridge, 2n ** 256n - 1n]);
  if (threshold !== deployed) await setThreshold(chain, bridge, threshold);
  const id = await chain.read(bridge, Bridge, "inbound", [OTHER]);
  return { chain, bridge, validators, threshold, configure, receiver, lane: { id, sequence: 0n, rollingHash: id } };
}

/** The Bridge does not let three of five be deployed; the figures of others are for three of five, so the blob is patched. */
async function setThreshold(chain, bridge, threshold) {
  const address = getContractAddress({ from: bridge, nonce: SET_NONCE });
  const code = await chain.reader.getCode({ address });
  const patched = concat([slice(code, 0, 1), numberToHex(threshold, { size: 1 }), slice(code, 2)]);
  await chain.reader.request({ method: "anvil_setCode", params: [address, patched] });
}

/** The first of each kind makes balances and counters non-zero and must not count. */
export async function warmUp(world) {
  await sendAmount(world, LOCKED, 500_000n * 10n ** 18n, MINIMUM);
  await deliver(world, [...anyTransfers(1, MINTED), ...anyTransfers(1, LOCKED)]);
  await deliver(world, [transfer(MINTED, world.chain.deployer, 10n ** 20n, MINIMUM)]);
}

/** Limits what can be sent of both assets, and lets the buckets fill. */
export async function limitSending({ chain, bridge, configure }) {
  for (const id of [LOCKED, MINTED]) await configure(bridge, Bridge, "setOutboundLimit", [id, PLENTY]);
  const { timestamp } = await chain.reader.getBlock();
  // With an interval between blocks, anvil passes over evm_increaseTime.
  await chain.reader.request({ method: "evm_setNextBlockTimestamp", params: [Number(timestamp) + PLENTY.period] });
}

/** Sends a transaction of the user's or the deliverer's and gives its bytes and the receipt's gasUsed. */
async function gasOf({ chain, bridge }, input) {
  const nonce = await chain.reader.getTransactionCount({ address: account.address });
  const signed = await account.signTransaction({
    type: "eip1559", chainId: chain.chainId, nonce, to: bridge, data: input, gas: GAS, ...GAS_PRICE,
  });
  const hash = await chain.reader.sendRawTransaction({ serializedTransaction: signed });
  const { status, gasUsed, logs } = await chain.reader.waitForTransactionReceipt({ hash });
  if (status !== "success") throw new Error(`transaction ${hash} failed`);
  return { gas: Number(gasUsed), bytes: (input.length - 2) / 2, signed, logs };
}

const sendAmount = (world, assetId, amount, fee) =>
  gasOf(world, data(Bridge, "send", [OTHER, assetId, world.chain.deployer, amount, fee]));

/** Sends an unremarkable amount to the sender's own account. */
export const send = (world, assetId) => sendAmount(world, assetId, 25_123_456_789_000_000_000n, 3_100_000_000_000_000n);

/** Delivers the messages with a certificate of the first `threshold` validators. Each of them must take effect. */
export async function deliver(world, messages) {
  const { lane } = world;
  const first = lane.sequence + 1n;
  for (const message of messages) lane.rollingHash = keccak256(concat([lane.rollingHash, keccak256(message)]));
  lane.sequence += BigInt(messages.length);
  const certificate = await certify(world);
  const delivery = await gasOf(world, data(Bridge, "deliver", [lane.id, first, concat(messages), certificate]));
  const deferred = parseEventLogs({ abi: Bridge.abi, logs: delivery.logs, eventName: "MessageDeferred" });
  // What nobody received must not count as cheap.
  if (deferred.length > 0) throw new Error(`${deferred.length} of ${messages.length} messages were deferred: ${deferred[0].args.reason}`);
  return delivery;
}

async function certify({ chain, bridge, validators, threshold, lane }) {
  const digest = hashTypedData({
    domain: { name: "Bridge", version: "1", chainId: chain.chainId, verifyingContract: bridge },
    types: {
      Checkpoint: [
        { name: "epoch", type: "uint64" }, { name: "lane", type: "bytes32" },
        { name: "sequence", type: "uint64" }, { name: "rollingHash", type: "bytes32" },
      ],
    },
    primaryType: "Checkpoint",
    message: { epoch: 1n, lane: lane.id, sequence: lane.sequence, rollingHash: lane.rollingHash },
  });
  const signatures = await Promise.all(validators.slice(0, threshold).map(async ({ privateKey }) =>
    serializeCompactSignature(signatureToCompactSignature(await sign({ hash: digest, privateKey })))));
  return { epoch: 1n, signers: (1n << BigInt(threshold)) - 1n, signatures: concat(signatures) };
}
