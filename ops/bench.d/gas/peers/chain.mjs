// One chain plays both ends: every peer can be told the name of its chain or does not ask. Sends real, signed transactions.
import { setTimeout } from "node:timers/promises";
import {
  createPublicClient, decodeFunctionResult, encodeDeployData, encodeFunctionData, formatTransactionReceipt, http, keccak256,
  parseEventLogs, toHex,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { fjordBytes } from "./fastlz.mjs";

const ETHER = 10n ** 18n;
const FEES = { maxFeePerGas: 3_000_000_000n, maxPriorityFeePerGas: 1_000_000n };
const MOST_GAS = 60_000_000n;

const account = (name) => privateKeyToAccount(keccak256(toHex(`gas of peers: ${name}`)));

export class Chain {
  relayer = account("relayer");
  user = account("user");
  #nonces = new Map();

  static async connect(rpc) {
    const chain = new Chain();
    chain.client = createPublicClient({ transport: http(rpc, { timeout: 60_000 }), cacheTime: 0 });
    chain.id = await chain.client.getChainId();
    const { gasLimit } = await chain.client.getBlock();
    // A fixed limit: what these contracts catch and pass over would make an estimate too low.
    chain.gas = gasLimit < MOST_GAS ? gasLimit : MOST_GAS;
    for (const { address } of [chain.relayer, chain.user]) {
      await chain.client.request({ method: "anvil_setBalance", params: [address, toHex(10_000n * ETHER)] });
      chain.#nonces.set(address, await chain.client.getTransactionCount({ address }));
    }
    return chain;
  }

  async deploy({ abi, bytecode }, args = []) {
    const { receipt } = await this.transact({ data: encodeDeployData({ abi, bytecode, args }) });
    return { address: receipt.contractAddress, abi };
  }

  /** @returns gas used, bytes charged, receipt */
  async call({ address, abi }, functionName, args = [], options = {}) {
    const data = encodeFunctionData({ abi, functionName, args });
    return { name: functionName, ...(await this.transact({ to: address, data, name: functionName, ...options })) };
  }

  async transact({ to, data, value = 0n, from = this.relayer, name = "deployment" }) {
    const nonce = this.#nonces.get(from.address);
    const signed = await from.signTransaction({ type: "eip1559", chainId: this.id, nonce, gas: this.gas, to, data, value, ...FEES });
    const hash = await this.client.request({ method: "eth_sendRawTransaction", params: [signed] });
    this.#nonces.set(from.address, nonce + 1);
    const receipt = await this.#receipt(hash);
    if (receipt.status !== "success") {
      throw new Error(`${name} reverted: ${await this.#reason({ from: from.address, to, data, value })}`);
    }
    return { gas: Number(receipt.gasUsed), bytes: fjordBytes(signed), receipt };
  }

  async read({ address, abi }, functionName, args = []) {
    const asked = encodeFunctionData({ abi, functionName, args });
    const { data } = await this.client.call({ to: address, data: asked, account: this.relayer.address });
    return decodeFunctionResult({ abi, functionName, args, data });
  }

  async #receipt(hash) {
    for (let tries = 0; tries < 500; tries++) {
      const receipt = await this.client.request({ method: "eth_getTransactionReceipt", params: [hash] });
      if (receipt) return formatTransactionReceipt(receipt);
      await setTimeout(20);
    }
    throw new Error(`${hash} was not mined`);
  }

  async #reason(call) {
    return this.client.request({ method: "eth_call", params: [{ ...call, value: toHex(call.value), gas: toHex(this.gas) }, "latest"] })
      .then(() => "not the second time", (error) => error.data ?? error.cause?.data ?? error.details ?? error.message);
  }
}

export const events = ({ receipt }, { abi }, eventName) => parseEventLogs({ abi, logs: receipt.logs, eventName }).map(({ args }) => args);
