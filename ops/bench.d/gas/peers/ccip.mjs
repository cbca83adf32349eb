// CCIP 1.6: F + 1 of 3 F + 1 oracles sign the root of n messages, then one report executes all of them. F is 1, its least, and 2,
// which asks for the three signatures that others are measured with.
import { concat, encodeAbiParameters, keccak256, numberToHex, pad, parseAbiParameters, slice, toHex } from "viem";
import { DESTINATION, DIGEST, OFF_RAMP, SOURCE, deployLane } from "./ccip-lane.mjs";
import { BATCHES, anyTransfers, rowsOf } from "./rows.mjs";
import { signatures65, signers } from "./signers.mjs";

const [REPORTS] = OFF_RAMP.abi.find(({ name }) => name === "manuallyExecute").inputs;
const MESSAGES = REPORTS.components.find(({ name }) => name === "messages");
const TOKEN_AMOUNTS = MESSAGES.components.find(({ name }) => name === "tokenAmounts");
const [, ROOTS, PRICES] = OFF_RAMP.abi.find(({ name }) => name === "CommitReportAccepted").inputs;
const [RMN_SIGNATURES] = parseAbiParameters(["(bytes32 r, bytes32 s)[] rmnSignatures"]);
const COMMIT = { type: "tuple", components: [PRICES, { ...ROOTS, name: "blessed" }, { ...ROOTS, name: "unblessed" }, RMN_SIGNATURES] };
// Version 2: no gas for the receiver, any order.
const EXTRA = concat(["0x181dcf10", pad("0x"), pad("0x01")]);
const ZERO = pad("0x");
const ONE = pad("0x01");
const text = (value) => keccak256(toHex(value));
const encode = (types, values) => encodeAbiParameters(types.map((type) => (typeof type === "string" ? { type } : type)), values);

const messageOf = ({ pool, token }, sender, { recipient, amount }, sequenceNumber) => ({
  header: {
    messageId: text(`message ${sequenceNumber}`), sourceChainSelector: SOURCE, destChainSelector: DESTINATION, sequenceNumber, nonce: 0n,
  },
  sender: pad(sender), data: "0x", receiver: recipient, gasLimit: 0n,
  tokenAmounts: [{
    sourcePoolAddress: pad(pool.address), destTokenAddress: token.address, destGasAmount: 90_000,
    extraData: numberToHex(18, { size: 32 }), amount,
  }],
});

function leafOf({ header, sender, data, receiver, gasLimit, tokenAmounts }, metadata) {
  const types = ["bytes32", "address", "uint64", "uint256", "uint64"];
  const fixed = encode(types, [header.messageId, receiver, header.sequenceNumber, gasLimit, header.nonce]);
  const parts = [keccak256(fixed), keccak256(sender), keccak256(data), keccak256(encode([TOKEN_AMOUNTS], [tokenAmounts]))];
  return keccak256(concat([ZERO, metadata, ...parts]));
}

/** The root as the contract finds it when all leaves are there and nothing has to be proved. */
function rootOf(leaves) {
  const queue = [...leaves];
  for (let at = 0; at < queue.length - 1; at += 2) queue.push(keccak256(concat([ONE, ...queue.slice(at, at + 2).sort()])));
  return queue.at(-1);
}

async function commit(chain, { offRamp, onRamp }, oracles, F, root, sequences) {
  const [minSeqNr, maxSeqNr] = [sequences[0], sequences.at(-1)];
  const roots = [{ sourceChainSelector: SOURCE, onRampAddress: pad(onRamp.address), minSeqNr, maxSeqNr, merkleRoot: root }];
  const priceUpdates = { tokenPriceUpdates: [], gasPriceUpdates: [] };
  const report = encode([COMMIT], [{ priceUpdates, blessed: [], unblessed: roots, rmnSignatures: [] }]);
  const context = [DIGEST, numberToHex(minSeqNr, { size: 32 })];
  const signed = await signatures65(keccak256(concat([keccak256(report), ...context])), oracles, F + 1);
  const vs = pad(concat(signed.map((signature) => numberToHex(Number(slice(signature, 64)) - 27, { size: 1 }))), { dir: "right" });
  const [rs, ss] = [signed.map((one) => slice(one, 0, 32)), signed.map((one) => slice(one, 32, 64))];
  return chain.call(offRamp, "commit", [context, report, rs, ss, vs]);
}

function execute(chain, { offRamp }, messages) {
  const proofFlagBits = 2n ** BigInt(messages.length - 1) - 1n;
  const report = { sourceChainSelector: SOURCE, messages, offchainTokenData: messages.map(() => ["0x"]), proofs: [], proofFlagBits };
  const context = [DIGEST, numberToHex(messages[0].header.sequenceNumber, { size: 32 })];
  return chain.call(offRamp, "execute", [context, encode([REPORTS], [[report]])]);
}

async function measureWith(chain, F) {
  const oracles = signers(3 * F + 1, "oracle");
  const lane = await deployLane(chain, oracles, F);
  const kind = [text("Any2EVMMessageHashV1"), SOURCE, DESTINATION, keccak256(pad(lane.onRamp.address))];
  const metadata = keccak256(encode(["bytes32", "uint64", "uint64", "bytes32"], kind));
  let next = 1n;
  const deliver = async (transfers) => {
    const messages = transfers.map((transfer) => messageOf(lane, chain.user.address, transfer, next++));
    const root = rootOf(messages.map((message) => leafOf(message, metadata)));
    const committed = await commit(chain, lane, oracles, F, root, messages.map(({ header }) => header.sequenceNumber));
    return [committed, await execute(chain, lane, messages)];
  };
  const send = ({ recipient, amount }) => chain.call(lane.router, "ccipSend", [DESTINATION, {
    receiver: pad(recipient), data: "0x", tokenAmounts: [{ token: lane.locked.address, amount }], feeToken: lane.link.address,
    extraArgs: EXTRA,
  }], { from: chain.user });

  const [first, second] = anyTransfers(2);
  await send(first);
  return rowsOf(chain, `CCIP, ${F + 1} of ${3 * F + 1}`, { token: lane.token, batches: BATCHES, send: (await send(second)).gas, deliver });
}

export const measure = async (chain) => [...await measureWith(chain, 1), ...await measureWith(chain, 2)];
