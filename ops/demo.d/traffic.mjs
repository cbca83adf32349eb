// The users: each sends transfers one way, and sends back what arrives.
import { setTimeout as delay } from "node:timers/promises";
import { bridgeAbi, event, tokenAbi } from "./abi.mjs";
import { ASSET, DECIMALS } from "./deployment.mjs";
import { maxUint256, parseUnits } from "./viem.mjs";
import { Wallets } from "./wallets.mjs";
import { decode } from "./wire.mjs";

const FEE = parseUnits("0.01", DECIMALS);
/** Milliseconds that sending one way takes at most; a light load goes out at 5 transfers a second. */
const LONGEST_SENDING = 8_000;

export class Traffic {
  #wallets = new Wallets();
  /** Transaction hashes of every `send`, by the chain's name. */
  sends = { alpha: [], beta: [] };
  /** When each of them was handed to a node, in milliseconds since 1970. */
  sentAt = new Map();
  #waiting = true;

  constructor(chains, deployment, users) {
    Object.assign(this, { chains, deployment, accounts: users.map((user) => user.account) });
  }

  get sent() {
    return this.sends.alpha.length + this.sends.beta.length;
  }

  /** Gives every user tokens on alpha, and the Bridge leave to take them. */
  async prepare(count) {
    const { alpha } = this.chains;
    const wealth = parseUnits("100", DECIMALS) * BigInt(count);
    const token = { address: this.deployment.token.alpha, abi: tokenAbi };
    const hashes = await Promise.all(this.accounts.flatMap((account) => [
      this.#wallets.transact(alpha, account, { ...token, functionName: "mint", args: [account.address, wealth] }),
      this.#wallets.transact(alpha, account, { ...token, functionName: "approve", args: [this.deployment.bridge, maxUint256] }),
    ]));
    await this.#wallets.confirm(alpha, hashes);
  }

  /** Sends `count` transfers there, and everything that arrives back. Ends when all are mined, or nobody waits any longer. */
  async run(count) {
    await Promise.all([this.#sendThere(count), this.#sendBack(count)]);
    for (const chain of Object.values(this.chains)) await this.#wallets.confirm(chain, this.sends[chain.name]);
  }

  /** Nothing more is going to arrive. */
  stopWaiting() {
    this.#waiting = false;
  }

  async #sendThere(count) {
    for (let i = 0; i < count; i++) {
      const amount = parseUnits(String(10 + (i % 90)), DECIMALS) + BigInt(i);
      await this.#send("alpha", "beta", i % this.accounts.length, i, amount);
      await delay(Math.min(200, LONGEST_SENDING / count));
    }
  }

  async #sendBack(count) {
    for (let returned = 0; this.#waiting && returned < count; await delay(200)) {
      for (const { recipient, amount, fee } of (await this.#arrivals()).slice(returned)) {
        await this.#send("beta", "alpha", this.accounts.findIndex((account) => account.address === recipient), returned++, amount - fee);
      }
    }
  }

  /** Every second transfer goes to the sender itself, the others to the next user. */
  async #send(from, to, user, number, amount) {
    const recipient = this.accounts[(user + (number % 2)) % this.accounts.length].address;
    const args = [BigInt(this.chains[to].id), ASSET, recipient, amount, FEE];
    const now = Date.now();
    const hash = await this.#wallets.transact(this.chains[from], this.accounts[user], { address: this.deployment.bridge, abi: bridgeAbi, functionName: "send", args });
    this.sends[from].push(hash);
    this.sentAt.set(hash, now);
  }

  /** What beta has taken in so far, in the order of the lane. */
  async #arrivals() {
    const { alpha, beta } = this.chains;
    const address = this.deployment.bridge;
    const arrived = await beta.client.readContract({ address, abi: bridgeAbi, functionName: "inbound", args: [BigInt(alpha.id)] });
    const logs = await alpha.client.getLogs({ address, event: event(bridgeAbi, "MessageSent"), fromBlock: 0n, strict: true });
    const last = logs.findIndex(({ args }) => args.rollingHash === arrived);
    return logs.slice(0, last + 1).map(({ args }) => decode(args.message));
  }
}
