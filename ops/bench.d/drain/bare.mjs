// The bound: the same batches handed to the destination's node ready-made, with nothing of ours between.
import { setTimeout as delay } from "node:timers/promises";
import { toHex } from "../../demo.d/viem.mjs";
import { deliveriesOf } from "../replay/history.mjs";

/** For 100 recipients that are new; more would let fewer into a block. */
const GAS = toHex(4_500_000);
const AT_ONCE = 50;

/** @returns transfers a second, from the first request to the last receipt */
export async function bareRate({ alpha, beta, deployment, messages }, validators) {
  const calls = await deliveriesOf(alpha, beta, deployment, validators, 0, messages);
  const from = await beta.account(1);
  await beta.request("evm_setIntervalMining", 1);
  const began = process.hrtime.bigint();
  const hashes = [];
  for (let i = 0; i < calls.length; i += AT_ONCE) {
    hashes.push(...(await beta.batch(calls.slice(i, i + AT_ONCE).map((data, j) => ({ method: "eth_sendTransaction", params: [{ from, to: deployment.bridge, data, gas: GAS, nonce: toHex(i + j) }] })))));
  }
  for (;;) {
    const last = await beta.request("eth_getTransactionReceipt", hashes.at(-1));
    if (last) break;
    await delay(50);
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const receipts = await beta.batch(hashes.map((hash) => ({ method: "eth_getTransactionReceipt", params: [hash] })));
  const reverted = receipts.filter(({ status }) => status !== "0x1").length;
  if (reverted > 0) throw new Error(`${reverted} of ${receipts.length} bare deliveries reverted`);
  return messages.length / seconds;
}
