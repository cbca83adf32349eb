// Accounts that keep what they have signed: a reorg may drop their transactions, and then they send the same ones again.
import { encodeFunctionData, parseGwei } from "../demo.d/viem.mjs";

const FEES = { maxFeePerGas: parseGwei("200000"), maxPriorityFeePerGas: parseGwei("1") };

export class Accounts {
  #signed = new Map(); // "chain address" -> promise of what the account has signed there, from its nonce `first` on

  /** Signs the account's next transaction and sends it. @returns its nonce */
  async transact(chain, account, call, gas = 400_000n) {
    const book = await this.#book(chain, account);
    const nonce = book.first + book.entries.length;
    const entry = { call, gas };
    book.entries.push(entry);
    entry.raw = await sign(book, entry, nonce);
    await send(chain, entry.raw);
    return nonce;
  }

  /** Sends again what is signed and not mined. @returns how many are not mined yet */
  async resend() {
    const open = await Promise.all((await this.#books()).map(async ({ chain, account, first, entries }) => {
      const mined = await chain.client.getTransactionCount({ address: account.address }).catch(() => null);
      if (mined === null) return entries.length;
      for (const { raw } of entries.slice(mined - first, mined - first + 50)) if (raw) await send(chain, raw);
      return first + entries.length - mined;
    }));
    return open.reduce((sum, count) => sum + count, 0);
  }

  /** What was mined in a block that is gone is sent with another amount: the same nonce, other content. @returns how many */
  async change(chain, transactions) {
    let changed = 0;
    for (const { from, nonce } of transactions) {
      const book = (await this.#books()).find((one) => one.chain === chain && one.account.address.toLowerCase() === from.toLowerCase());
      const entry = book?.entries[nonce - book.first];
      if (entry?.call.functionName !== "send") continue;
      const [destination, asset, recipient, amount, fee] = entry.call.args;
      entry.call = { ...entry.call, args: [destination, asset, recipient, amount + 1n, fee] };
      entry.raw = await sign(book, entry, nonce);
      changed++;
    }
    return changed;
  }

  #book(chain, account) {
    const key = `${chain.name} ${account.address}`;
    if (!this.#signed.has(key)) this.#signed.set(key, chain.client.getTransactionCount({ address: account.address }).then((first) => ({ chain, account, first, entries: [] })));
    return this.#signed.get(key);
  }

  #books() {
    return Promise.all(this.#signed.values());
  }
}

const sign = ({ chain, account }, { call: { address, ...call }, gas }, nonce) =>
  account.signTransaction({ type: "eip1559", chainId: chain.id, to: address, data: encodeFunctionData(call), nonce, gas, ...FEES });

async function send({ client }, serializedTransaction) {
  try {
    await client.sendRawTransaction({ serializedTransaction });
  } catch {
    // Known already, or the node is away: resend() comes again.
  }
}
