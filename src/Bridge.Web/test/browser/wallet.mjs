// A wallet as an extension would be one: it announces itself by EIP-6963, asks its owner, and signs with a key that the page never sees.
import { encodeFunctionData, hexToBigInt, parseAbi, toHex } from "viem";

const MINT = parseAbi(["function mint(address to, uint256 amount)"]);
const FEES = { maxFeePerGas: 100_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n };

export class TestWallet {
  /** Every transaction that the page asked for, signed or not. */
  asked = [];
  /** What the owner answers. */
  agrees = true;
  /** Replaces the parameters of a transaction before it is signed: a wallet that lies. */
  #page;

  constructor(account, chains) {
    this.account = account;
    this.chains = Object.values(chains);
    this.chain = this.chains[0];
  }

  /** Every page of this context finds the wallet. */
  async install(context, name = "Fox of the tests") {
    await context.exposeFunction("askTestWallet", async (request) => {
      try {
        return { result: (await this.#answer(JSON.parse(request))) ?? null };
      } catch (error) {
        return { error: { code: error.code ?? error.cause?.code ?? -32000, message: error.shortMessage ?? error.message, data: error.data ?? error.cause?.data } };
      }
    });
    await context.addInitScript(announce, name);
  }

  attach(page) {
    this.#page = page;
  }

  /** Gives the owner tokens that anyone may mint. */
  async mint(token, amount) {
    await this.#send({ to: token, data: encodeFunctionData({ abi: MINT, args: [this.account.address, amount] }) });
  }

  async #answer({ method, params = [] }) {
    switch (method) {
      case "eth_requestAccounts":
      case "eth_accounts": return this.agrees ? [this.account.address] : refuse();
      case "eth_chainId": return toHex(this.chain.id);
      case "wallet_switchEthereumChain": return this.#switch(Number(params[0].chainId));
      case "eth_sendTransaction":
        this.asked.push(params[0]);
        return this.agrees ? (await this.#send(params[0])).hash : refuse();
      default: return this.chain.client.request({ method, params });
    }
  }

  async #switch(id) {
    if (!this.agrees) refuse();
    this.chain = this.chains.find((chain) => chain.id === id) ?? refuse(4902, `chain ${id} is not known`);
    await this.#page?.evaluate((chain) => dispatchEvent(new CustomEvent("test-wallet-chain", { detail: chain })), toHex(id));
    return null;
  }

  async #send({ to, data, value = "0x0" }) {
    const { client, id } = this.chain;
    const from = this.account.address;
    const nonce = await client.getTransactionCount({ address: from, blockTag: "pending" });
    const gas = await client.estimateGas({ account: from, to, data, value: hexToBigInt(value) });
    const transaction = { type: "eip1559", chainId: id, to, data, value: hexToBigInt(value), nonce, gas: (gas * 12n) / 10n, ...FEES };
    const hash = await client.sendRawTransaction({ serializedTransaction: await this.account.signTransaction(transaction) });
    return { hash, receipt: client.waitForTransactionReceipt({ hash }) };
  }
}

function refuse(code = 4001, message = "User rejected the request.") {
  throw Object.assign(new Error(message), { code });
}

/** Runs in the page. */
function announce(name) {
  const listeners = {};
  const provider = {
    async request(request) {
      const { result, error } = await window.askTestWallet(JSON.stringify(request));
      if (error) throw Object.assign(new Error(error.message), error);
      return result;
    },
    on: (event, listener) => (listeners[event] ??= []).push(listener),
    removeListener: (event, listener) => (listeners[event] = (listeners[event] ?? []).filter((known) => known !== listener)),
  };
  addEventListener("test-wallet-chain", ({ detail }) => listeners.chainChanged?.forEach((listener) => listener(detail)));
  const icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Ccircle cx='4' cy='4' r='4' fill='%23e76f00'/%3E%3C/svg%3E";
  const detail = Object.freeze({ info: Object.freeze({ uuid: "7b1d5e9a-33e4-4c62-8e5c-2f9a0a1f9b11", name, icon, rdns: "test.fox" }), provider });
  const tell = () => dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
  addEventListener("eip6963:requestProvider", tell);
  tell();
}
