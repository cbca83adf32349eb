// Messages of every kind through every lane, so that there is always work in flight.
import { setTimeout as delay } from "node:timers/promises";
import { ASSET } from "../demo.d/deployment.mjs";
import { tokenAbi } from "../demo.d/abi.mjs";
import { maxUint256, parseAbi } from "../demo.d/viem.mjs";
import { Accounts } from "./accounts.mjs";
import { Random } from "./random.mjs";
import { CODE, GREEDY, WILLING, setCode } from "./recipients.mjs";

export const bridgeAbi = parseAbi([
  "function send(uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee) payable returns (uint64, bytes32)",
  "function sendCall((uint256 destinationChainId, uint32 assetId, address sender, address recipient, uint128 amount, uint128 fee, uint32 gasLimit, bytes payload) call) payable returns (uint64, bytes32)",
  "function refund(bytes32 lane, uint64 sequence, bytes message)",
  "function retry(bytes32 lane, uint64 sequence, bytes message)",
  "function outbound(uint256 chainId) view returns (uint64, bytes32)",
  "function deferred(bytes32 lane, uint64 sequence) view returns (bytes32)",
  "event MessageSent(uint256 indexed destinationChainId, uint64 indexed sequence, address indexed sender, bytes32 rollingHash, bytes message)",
  "event MessagesDelivered(bytes32 indexed lane, uint64 firstSequence, uint64 lastSequence, bytes32 rollingHash, address deliverer)",
  "event MessageDeferred(bytes32 indexed lane, uint64 indexed sequence, bytes32 messageHash, uint64 heldUntil, bytes reason)",
]);

const UNIT = 1_000_000n;

export class Traffic {
  accounts = new Accounts();
  sent = 0;
  #enough = false;

  constructor({ chains, deployment, users, messages, inFlight, seed, waiting }) {
    Object.assign(this, { chains, deployment, users, messages, inFlight, waiting });
    this.random = new Random(seed ^ 0x7aff1c);
  }

  /** Everybody gets tokens on alpha and brings half of them to the others. */
  async prepare() {
    const { alpha, ...others } = this.chains;
    for (const chain of Object.values(this.chains)) {
      await setCode(chain, WILLING, CODE.takes);
      await setCode(chain, GREEDY, CODE.burns);
      for (const user of this.users) await this.#call(chain, user, this.deployment.token[chain.name], tokenAbi, "approve", [this.deployment.bridge, maxUint256]);
    }
    for (const user of this.users) {
      await this.#call(alpha, user, this.deployment.token.alpha, tokenAbi, "mint", [user.address, 4_000_000n * UNIT]);
      for (const other of Object.values(others)) await this.#send(alpha, other, user, user.address, 1_000_000n * UNIT, UNIT);
    }
    return this.users.length * Object.keys(others).length;
  }

  /** Keeps about `inFlight` underway until it is told that it is enough, and then until the number is reached. */
  async run() {
    while (!this.#enough || this.sent < this.messages) {
      const room = Math.min(this.inFlight - this.waiting(), 12);
      for (let i = 0; i < room; i++) await this.#one();
      await delay(400);
    }
  }

  enough() {
    this.#enough = true;
  }

  async #one() {
    const [from, to] = this.random.shuffle(Object.values(this.chains));
    const user = this.random.pick(this.users);
    const what = this.random.below(40);
    const amount = UNIT + BigInt(this.random.below(9_000_000));
    if (what < 16) await this.#send(from, to, user, user.address, amount, 10_000n);
    else if (what < 30) await this.#send(from, to, user, this.random.pick(this.users).address, amount, 10_000n);
    else if (what < 36) await this.#sendCall(from, to, user, WILLING, amount);
    else if (what < 38) await this.#sendCall(from, to, user, WILLING, 500_000n); // nothing but a call and its fee
    else if (what < 39) await this.#sendCall(from, to, user, user.address, amount); // no contract: deferred, and sent back by its recipient
    else await this.#sendCall(from, to, user, GREEDY, amount); // deferred, and there it stays
    this.sent++;
  }

  #send(from, to, user, recipient, amount, fee) {
    return this.#call(from, user, this.deployment.bridge, bridgeAbi, "send", [BigInt(to.id), ASSET, recipient, amount, fee]);
  }

  #sendCall(from, to, user, recipient, amount) {
    const call = { destinationChainId: BigInt(to.id), assetId: ASSET, sender: user.address, recipient, amount, fee: 500_000n, gasLimit: 100_000, payload: "0xc0ffee" };
    return this.#call(from, user, this.deployment.bridge, bridgeAbi, "sendCall", [call]);
  }

  #call(chain, user, address, abi, functionName, args) {
    return this.accounts.transact(chain, user, { address, abi, functionName, args });
  }
}
