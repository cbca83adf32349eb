// Transactions that accounts sign themselves. Each account's nonces are counted here: several may be underway at once.
import { Failure } from "./failure.mjs";
import { encodeFunctionData, parseGwei } from "./viem.mjs";

const GAS = 200_000n;
const FEES = { maxFeePerGas: parseGwei("100"), maxPriorityFeePerGas: parseGwei("1") };
const MINED_SECONDS = 30;

export class Wallets {
  #nonces = new Map();

  /** @returns the transaction's hash, once a node has taken it */
  async transact({ name, id, client }, account, { address, ...call }) {
    const key = `${name} ${account.address}`;
    const nonce = this.#nonces.get(key) ?? 0;
    this.#nonces.set(key, nonce + 1);
    const transaction = { type: "eip1559", chainId: id, to: address, data: encodeFunctionData(call), nonce, gas: GAS, ...FEES };
    return client.sendRawTransaction({ serializedTransaction: await account.signTransaction(transaction) });
  }

  /** Waits until all are mined, and refuses those that failed. */
  async confirm({ name, client }, hashes) {
    const receipts = await Promise.all(hashes.map((hash) => client.waitForTransactionReceipt({ hash, timeout: MINED_SECONDS * 1000 })));
    const failed = receipts.find((receipt) => receipt.status !== "success");
    if (failed) throw new Failure(`a user's transaction failed on ${name}: ${failed.transactionHash}`);
  }
}
