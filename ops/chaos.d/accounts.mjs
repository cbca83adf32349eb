// Users who keep what they have signed: a reorg may drop their transactions, and then they send the same ones again.
import { encodeFunctionData, parseGwei } from "../demo.d/viem.mjs";

const GAS = 400_000n;
const FEES = { maxFeePerGas: parseGwei("200000"), maxPriorityFeePerGas: parseGwei("1") };

export class Accounts {
  #signed = new Map(); // "chain address" -> raw transactions by nonce

  /** Signs the account's next transaction and sends it. @returns its nonce */
  async transact(chain, account, { address, ...call }) {
    const key = `${chain.name} ${account.address}`;
    const signed = this.#signed.get(key) ?? { chain, account, raw: [] };
    this.#signed.set(key, signed);
    const nonce = signed.raw.length;
    signed.raw.push(null);
    signed.raw[nonce] = await account.signTransaction({ type: "eip1559", chainId: chain.id, to: address, data: encodeFunctionData(call), nonce, gas: GAS, ...FEES });
    await this.#send(chain, signed.raw[nonce]);
    return nonce;
  }

  /** Sends again what is signed and not mined. @returns how many are not mined yet */
  async resend() {
    const open = await Promise.all([...this.#signed.values()].map(async ({ chain, account, raw }) => {
      const mined = await chain.client.getTransactionCount({ address: account.address }).catch(() => null);
      if (mined === null) return raw.length;
      for (const transaction of raw.slice(mined, mined + 50)) if (transaction) await this.#send(chain, transaction);
      return raw.length - mined;
    }));
    return open.reduce((sum, count) => sum + count, 0);
  }

  async #send({ client }, serializedTransaction) {
    try {
      await client.sendRawTransaction({ serializedTransaction });
    } catch {
      // Known already, or the node is away: resend() comes again.
    }
  }
}
