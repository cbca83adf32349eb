// Users who send, each transfer a transaction of its own, from both chains to the other. Their accounts are the local node's: it signs.
import { bridgeAbi, tokenAbi } from "../../demo.d/abi.mjs";
import { ASSET } from "../../demo.d/deployment.mjs";
import { encodeFunctionData, maxUint256, toHex } from "../../demo.d/viem.mjs";
import { BATCH, deliveriesOf, messagesOf } from "../replay/history.mjs";

const AMOUNT = 10_000n;
const FEE = 1_000n;
/** Of the local node's ten accounts, those that nothing else uses. */
const FIRST = 2;
const USERS = 8;
/** As much for each as no run moves. */
const WEALTH = 10n ** 15n;
const GAS = toHex(200_000);
const SEND = "eth_sendTransaction";
/** Wei for each unit of gas, more than the local node asks for by itself; twice as much at each further try. */
const PRICE = 2_500_000_000;

export class Users {
  #next = 0;
  #nonces = [];
  #seen = [];
  #price = PRICE;

  constructor(from, to, bridge, accounts) {
    Object.assign(this, { from, to, bridge, accounts });
  }

  /** Hands so many transfers to the node, which need not have mined them yet. */
  async send(count) {
    const calls = Array.from({ length: count }, () => {
      const user = this.#next++ % USERS;
      const account = this.accounts[user];
      return { method: SEND, params: [this.#transaction(account, this.#nonces[user]++)] };
    });
    await this.from.batch(calls);
  }

  /**
   * Sends once more, for a higher price, what the node has put aside, as a person would: anvil keeps a transaction that comes while the one before it is mined as if
   * that were missing, and all that follow with it, although it is the account's next. @returns how many accounts stood still for that since the last look
   */
  async revive() {
    const before = this.#seen;
    this.#seen = await this.mined();
    if (Number((await this.from.request("txpool_status")).queued) === 0) return 0;
    const stuck = this.#seen.flatMap((nonce, user) => (nonce === before[user] && nonce < this.#nonces[user] ? [user] : []));
    if (stuck.length > 0) this.#price *= 2;
    for (const user of stuck) await this.#sendAgain(user);
    return stuck.length;
  }

  async #sendAgain(user) {
    const price = toHex(this.#price);
    try {
      await this.from.request(SEND, { ...this.#transaction(this.accounts[user], this.#seen[user]), maxFeePerGas: price, maxPriorityFeePerGas: price });
    } catch (refused) {
      // Mined after all, meanwhile.
      if ((await this.mined())[user] === this.#seen[user]) throw refused;
    }
  }

  /** Looks how far the accounts are. */
  async begin() {
    this.#nonces = await this.mined();
  }

  /** @returns how many transactions of each account are mined */
  async mined() {
    return (await this.from.batch(this.accounts.map((account) => ({ method: "eth_getTransactionCount", params: [account, "latest"] })))).map(Number);
  }

  #transaction(account, nonce) {
    return { from: account, to: this.bridge, data: this.#data(account, AMOUNT), gas: GAS, nonce: toHex(nonce) };
  }

  #data(recipient, amount) {
    return encodeFunctionData({ abi: bridgeAbi, functionName: "send", args: [BigInt(this.to.id), ASSET, recipient, amount, FEE] });
  }

  /** Gives users tokens on both chains: those on beta come over the bridge, by certificates that are made here. @returns the users of both directions */
  static async prepare({ alpha, beta, deployment }, validators) {
    const { bridge, token } = deployment;
    const accounts = (await alpha.request("eth_accounts")).slice(FIRST, FIRST + USERS);
    for (const account of accounts) {
      await alpha.transact(account, token.alpha, [
        encodeFunctionData({ abi: tokenAbi, functionName: "mint", args: [account, 2n * WEALTH] }),
        encodeFunctionData({ abi: tokenAbi, functionName: "approve", args: [bridge, maxUint256] }),
      ]);
    }
    const there = new Users(alpha, beta, bridge, accounts);
    const back = new Users(beta, alpha, bridge, accounts);
    // As many as one delivery takes, a user after the other.
    const messages = [];
    for (let i = 0; i < BATCH; i++) {
      const account = accounts[i % USERS];
      messages.push(...(await messagesOf(alpha, bridge, await alpha.transact(account, bridge, [there.#data(account, WEALTH / BigInt(BATCH))]))));
    }
    await beta.transact(await beta.account(1), bridge, await deliveriesOf(alpha, beta, deployment, validators, 0, messages));
    for (const chain of [alpha, beta]) await chain.finalise();
    await there.begin();
    await back.begin();
    return { there, back };
  }
}
