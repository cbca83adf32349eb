// Chains that take blocks back: before finality or after it, with the same content elsewhere or with other content.
import { encodeFunctionData, mnemonicToAccount, parseGwei, toFunctionSelector } from "../../demo.d/viem.mjs";
import { tokenAbi } from "../../demo.d/abi.mjs";
import { bridgeAbi } from "../traffic.mjs";
import { CHAINS, ask, until, whileStill } from "./common.mjs";

const selector = (name) => toFunctionSelector(bridgeAbi.find((item) => item.type === "function" && item.name === name));
const DELIVER = toFunctionSelector("deliver(bytes32,uint64,bytes,(uint64,uint256,bytes))");
/** Somebody whose transactions matter to nobody. */
const BYSTANDER = mnemonicToAccount("test test test test test test test test test test test junk", { addressIndex: 8 });
/** The two newest blocks are not final. */
const BEYOND_FINALITY = 4;

const height = async (world, chain) => Number(await ask(world, chain, "eth_blockNumber"));
const transactionsOf = async (world, chain, at) => (await ask(world, chain, "eth_getBlockByNumber", `0x${at.toString(16)}`, true)).transactions;
const rawOf = (world, chain, { hash }) => ask(world, chain, "eth_getRawTransactionByHash", hash);

/** Waits for a block with such a transaction; any will do after a while. */
const awaitCall = (world, chain, input) => until(6000, async () => (await transactionsOf(world, chain, await height(world, chain))).some((one) => one.input.startsWith(input)));

export const awaitSend = (world, chain) => awaitCall(world, chain, selector("send"));

/** Replaces the newest block by an empty one, while the chain stands still. @returns what it held */
export async function loseNewest(world, chain) {
  const lost = await transactionsOf(world, chain, await height(world, chain));
  await ask(world, chain, "anvil_reorg", 1, []);
  return lost;
}

/** Replaces the newest blocks by others with the same transactions, behind `first` if any. */
const repeat = (world, chain, depth, first = []) => whileStill(world, chain, async () => {
  const head = await height(world, chain);
  const again = first.map((raw) => [raw, 0]);
  for (let i = 0; i < depth; i++) for (const one of await transactionsOf(world, chain, head - depth + 1 + i)) again.push([await rawOf(world, chain, one), i]);
  await ask(world, chain, "anvil_reorg", depth, again);
});

async function bystandersApproval(world, chain) {
  const nonce = await world.chains[chain].client.getTransactionCount({ address: BYSTANDER.address });
  const data = encodeFunctionData({ abi: tokenAbi, functionName: "approve", args: [world.deployment.bridge, 1n] });
  return BYSTANDER.signTransaction({ type: "eip1559", chainId: world.chains[chain].id, to: world.deployment.token[chain], data, nonce, gas: 100_000n, maxFeePerGas: parseGwei("200000"), maxPriorityFeePerGas: 1n });
}

const reorg = (id, inject) => ({ id, targets: CHAINS, milliseconds: [0, 0], recovers: "chain", inject });

export const reorgKinds = [
  reorg("F55 a block replaced before finality", async (world, { target }) => {
    await awaitSend(world, target);
    await whileStill(world, target, () => loseNewest(world, target));
    return () => world.traffic.accounts.resend();
  }),
  reorg("F56 the same transactions in another block, further down", async (world, { target }) => {
    await awaitSend(world, target);
    await repeat(world, target, 1, [await bystandersApproval(world, target)]);
    return () => world.traffic.accounts.resend();
  }),
  reorg("F57 other content at the same nonces", async (world, { target }) => {
    await awaitSend(world, target);
    await whileStill(world, target, async () => world.traffic.accounts.change(world.chains[target], await loseNewest(world, target)));
    return () => world.traffic.accounts.resend();
  }),
  reorg("F58 final blocks replaced, the same content in others", async (world, { target }) => {
    await repeat(world, target, BEYOND_FINALITY);
    world.operators.watch();
    return () => world.traffic.accounts.resend();
  }),
  reorg("F59 the block of a delivery replaced", async (world, { target }) => {
    await awaitCall(world, target, DELIVER);
    await whileStill(world, target, () => loseNewest(world, target));
    return () => world.traffic.accounts.resend();
  }),
  reorg("F60 the block of a delivery replaced, and somebody else delivers", async (world, { target }) => {
    await awaitCall(world, target, DELIVER);
    await whileStill(world, target, () => loseNewest(world, target));
    await world.stranger.deliver(target);
    return () => world.traffic.accounts.resend();
  }),
];
