// Many transfers from one chain to another, with everything that a replay looks at: messages, certificates, payments.
import { bridgeAbi, event, tokenAbi } from "../../demo.d/abi.mjs";
import { ASSET, deploy } from "../../demo.d/deployment.mjs";
import { laneId } from "../../demo.d/wire.mjs";
import { concat, decodeAbiParameters, encodeFunctionData, hashTypedData, parseAbi, parseAbiParameters, privateKeyToAccount, toEventSelector, toHex } from "../../demo.d/viem.mjs";
import { startChain } from "./chain.mjs";
import { code, sends } from "./sender.mjs";

export const BATCH = 100;
const BATCHES_A_BLOCK = 10;
const AMOUNT = 10_000n;
const FEE = 1_000n;
const SENDER = "0x5e4de25e4de25e4de25e4de25e4de25e4de25e4d";
const MEMBERS = 4;
export const THRESHOLD = 3;

const deliverAbi = parseAbi(["function deliver(bytes32 lane, uint64 first, bytes messages, (uint64 epoch, uint256 signers, bytes signatures) certificate)"]);
const SENT = toEventSelector(event(bridgeAbi, "MessageSent"));
const MESSAGE = parseAbiParameters("bytes32, bytes");

/** Validators whose keys are no secret, in ascending order of their addresses. */
export const members = () => Array.from({ length: MEMBERS }, (_, i) => privateKeyToAccount(toHex(BigInt(i + 1), { size: 32 }))).sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1));

/** @returns the chains and the deployment, once all of it is final */
export async function makeHistory(processes, folder, transfers, tell) {
  const [alpha, beta] = await Promise.all([startChain(processes, "alpha", 918001), startChain(processes, "beta", 918002)]);
  const validators = members();
  const deployment = await deploy(processes, { alpha, beta }, validators.map(({ address }) => address), THRESHOLD, folder);
  for (const chain of [alpha, beta]) await chain.request("evm_setAutomine", false);
  await prepareSender(alpha, deployment, transfers);

  const executor = await beta.account(1);
  for (let sent = 0; sent < transfers;) {
    const messages = await sendBlock(alpha, beta, deployment, transfers - sent);
    await beta.transact(executor, deployment.bridge, await deliveriesOf(alpha, beta, deployment, validators, sent, messages));
    sent += messages.length;
    if (sent % 10_000 === 0) tell(`${sent} transfers are made`);
  }
  for (const chain of [alpha, beta]) await chain.finalise();
  return { chains: [alpha, beta], deployment };
}

/** Gives the sending contract tokens for so much, and the Bridge leave to take them. */
export async function prepareSender(alpha, { bridge, token }, transfers) {
  await alpha.request("anvil_setCode", SENDER, code(bridge));
  await alpha.request("anvil_setBalance", SENDER, "0x3635c9adc5dea00000");
  await alpha.request("anvil_impersonateAccount", SENDER);
  const amount = BigInt(transfers) * AMOUNT;
  const call = (functionName, ...args) => encodeFunctionData({ abi: tokenAbi, functionName, args });
  await alpha.transact(SENDER, token.alpha, [call("mint", SENDER, amount), call("approve", bridge, amount)]);
}

/** Sends in one block as many as it holds, and at most `most`. @returns them, in order */
export async function sendBlock(from, to, { bridge }, most) {
  const height = await sendTogether(from, to, Array(Math.min(BATCHES_A_BLOCK, most / BATCH)).fill(BATCH));
  return messagesOf(from, bridge, height);
}

/** Sends in one block, by a transaction for each of the counts. @returns its height */
export const sendTogether = async (from, to, counts) => from.transact(await from.account(1), SENDER, counts.map((count) => sends(count, to.id, ASSET, AMOUNT, FEE)));

/** Calls that deliver them in batches, each under a certificate of its own. @param before how many the lane carried before them */
export function deliveriesOf(from, to, { bridge }, validators, before, messages) {
  const lane = laneId({ id: from.id, bridge }, { id: to.id, bridge });
  return Promise.all(Array.from({ length: messages.length / BATCH }, (_, i) => delivery(to, bridge, lane, before + i * BATCH + 1, messages.slice(i * BATCH, (i + 1) * BATCH), validators)));
}

/** @returns {{ id: string, wire: string }[]} what was sent in a block, in order */
export async function messagesOf(chain, bridge, height) {
  const block = toHex(height);
  const logs = await chain.request("eth_getLogs", { address: bridge, topics: [SENT], fromBlock: block, toBlock: block });
  return logs.map(({ data }) => {
    const [id, wire] = decodeAbiParameters(MESSAGE, data);
    return { id, wire };
  });
}

async function delivery(chain, bridge, lane, first, messages, validators) {
  const hash = hashTypedData({
    domain: { name: "Bridge", version: "1", chainId: chain.id, verifyingContract: bridge },
    types: { Checkpoint: [{ name: "epoch", type: "uint64" }, { name: "lane", type: "bytes32" }, { name: "sequence", type: "uint64" }, { name: "rollingHash", type: "bytes32" }] },
    primaryType: "Checkpoint",
    message: { epoch: 1n, lane, sequence: BigInt(first + messages.length - 1), rollingHash: messages.at(-1).id },
  });
  const signatures = await Promise.all(validators.slice(0, THRESHOLD).map(async (validator) => compact(await validator.sign({ hash }))));
  return encodeFunctionData({
    abi: deliverAbi, functionName: "deliver",
    args: [lane, BigInt(first), concat(messages.map(({ wire }) => wire)), { epoch: 1n, signers: (1n << BigInt(THRESHOLD)) - 1n, signatures: concat(signatures) }],
  });
}

/** EIP-2098: the parity in the highest bit of s. */
function compact(signature) {
  const [r, s, v] = [signature.slice(2, 66), BigInt(`0x${signature.slice(66, 130)}`), parseInt(signature.slice(130, 132), 16)];
  return `0x${r}${(s | (BigInt(v - 27) << 255n)).toString(16).padStart(64, "0")}`;
}
