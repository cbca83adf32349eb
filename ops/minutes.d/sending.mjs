// Transfers of one user, there and back.
import { setTimeout as delay } from "node:timers/promises";
import { bridgeAbi, tokenAbi } from "../demo.d/abi.mjs";
import { ASSET, DECIMALS } from "../demo.d/deployment.mjs";
import { encodeFunctionData, parseGwei, parseUnits } from "../demo.d/viem.mjs";

const FEE = parseUnits("0.01", DECIMALS);
const THERE = parseUnits("20", DECIMALS);
const BACK = parseUnits("5", DECIMALS);
const GAS = 200_000n;
const FEES = { maxFeePerGas: parseGwei("100"), maxPriorityFeePerGas: parseGwei("1") };
const PATIENCE = 120_000;

/** Sends `count` transfers from alpha to beta, waits until they have arrived, and sends as many smaller ones back. */
export async function sendThereAndBack({ chains: { alpha, beta }, deployment }, account, count) {
  const token = { address: deployment.token.beta, abi: tokenAbi, functionName: "balanceOf", args: [account.address] };
  const wanted = (await beta.client.readContract(token)) + BigInt(count) * (THERE - FEE);
  await send(alpha, beta, THERE);
  for (const until = Date.now() + PATIENCE; (await beta.client.readContract(token)) < wanted; await delay(250))
    if (Date.now() > until) throw new Error(`${count} transfers did not arrive on beta within ${PATIENCE / 1000} s`);
  await send(beta, alpha, BACK);

  async function send(from, to, amount) {
    const nonce = await from.client.getTransactionCount({ address: account.address });
    for (let i = 0; i < count; i++) {
      const data = encodeFunctionData({ abi: bridgeAbi, functionName: "send", args: [BigInt(to.id), ASSET, account.address, amount, FEE] });
      const serializedTransaction = await account.signTransaction({ type: "eip1559", chainId: from.id, to: deployment.bridge, data, nonce: nonce + i, gas: GAS, ...FEES });
      const hash = await from.client.sendRawTransaction({ serializedTransaction });
      const { status } = await from.client.waitForTransactionReceipt({ hash });
      if (status !== "success") throw new Error(`the user's transaction ${hash} failed on ${from.name}`);
    }
  }
}
