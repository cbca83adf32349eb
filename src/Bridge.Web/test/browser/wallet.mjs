// A wallet as an extension would be one: it announces itself by EIP-6963, asks its owner, and signs with a key that the page never sees.
import { readFileSync } from "node:fs";
import { encodeFunctionData, hexToBigInt, parseAbi, toHex } from "viem";

const MINT = parseAbi(["function mint(address to, uint256 amount)"]);
const BATCH = parseAbi(["struct Call { address target; uint256 value; bytes data; }", "function executeBatch(Call[] calls)"]);
/** The account that an address becomes by EIP-7702, as it is deployed everywhere: several calls in one transaction. */
const ACCOUNT = new URL("../../../../contracts/node_modules/@account-abstraction/contracts/artifacts/Simple7702Account.json", import.meta.url);
const BATCH_GAS = 1_500_000n;
const FEES = { maxFeePerGas: 100_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n };

export class TestWallet {
  /** Every transaction that the page asked for, signed or not. */
  asked = [];
  /** Every bundle (EIP-5792) that the page asked for. */
  bundles = [];
  /** Every text that the page wanted signed (EIP-712), signed or not. */
  signed = [];
  /** What the owner answers. */
  agrees = true;
  /** Whether it takes several calls at once, as an account by EIP-7702. */
  isAtomic = false;
  /** The chain that it says it is on, where that is not the one it asks: it has left without a word. */
  reported;
  #page;
  #batches = new Map();

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
    await this.send({ to: token, data: encodeFunctionData({ abi: MINT, args: [this.account.address, amount] }) });
  }

  /** A transaction of its owner's own, which no page asked for; until it is mined. */
  async send(transaction) {
    const { receipt } = await this.#send(transaction);
    if ((await receipt).status !== "success") throw new Error("the wallet's own transaction failed");
  }

  async #answer({ method, params = [] }) {
    switch (method) {
      case "eth_requestAccounts":
      case "eth_accounts": return this.agrees ? [this.account.address] : refuse();
      case "eth_chainId": return toHex(this.reported?.id ?? this.chain.id);
      case "wallet_switchEthereumChain": return this.#switch(Number(params[0].chainId));
      case "eth_sendTransaction":
        this.asked.push(params[0]);
        return this.agrees ? (await this.#send(params[0])).hash : refuse();
      case "eth_signTypedData_v4": return this.#signTypedData(params[1]);
      case "wallet_getCapabilities": return this.isAtomic ? { [toHex(this.chain.id)]: { atomic: { status: "supported" } } } : refuse(-32601, "the method does not exist");
      case "wallet_sendCalls": return this.#sendCalls(params[0]);
      case "wallet_getCallsStatus": return this.#status(params[0]);
      default: return this.chain.client.request({ method, params });
    }
  }

  async #signTypedData(text) {
    this.signed.push(JSON.parse(text));
    return this.agrees ? this.account.signTypedData(JSON.parse(text)) : refuse();
  }

  async #sendCalls(bundle) {
    this.bundles.push(bundle);
    if (!this.agrees) refuse();
    if (!this.isAtomic) refuse(5760, "atomicity is not supported");
    if (Number(bundle.chainId) !== this.chain.id) refuse(5710, "the chain is not supported");
    const hash = await this.#sendBatch(bundle.calls.map(({ to, data, value }) => ({ target: to, data, value: hexToBigInt(value) })));
    const id = `bundle ${this.bundles.length}`;
    this.#batches.set(id, { hash, chain: this.chain });
    return { id };
  }

  /** One transaction of the account to itself, which becomes one that can make several calls. */
  async #sendBatch(calls) {
    const { client, id } = this.chain;
    const { bytecode } = JSON.parse(readFileSync(ACCOUNT, "utf8"));
    const from = this.account.address;
    const { receipt } = await this.#send({ data: bytecode });
    const { contractAddress } = await receipt;
    const nonce = await client.getTransactionCount({ address: from, blockTag: "pending" });
    const authorization = await this.account.signAuthorization({ address: contractAddress, chainId: id, nonce: nonce + 1 });
    const data = encodeFunctionData({ abi: BATCH, args: [calls] });
    const transaction = { type: "eip7702", chainId: id, to: from, data, value: 0n, nonce, gas: BATCH_GAS, authorizationList: [authorization], ...FEES };
    return client.sendRawTransaction({ serializedTransaction: await this.account.signTransaction(transaction) });
  }

  async #status(id) {
    const { hash, chain } = this.#batches.get(id) ?? refuse(5730, "the bundle is not known");
    const receipt = await chain.client.request({ method: "eth_getTransactionReceipt", params: [hash] });
    const common = { version: "2.0.0", chainId: toHex(chain.id), id, atomic: true };
    return receipt ? { ...common, status: receipt.status === "0x1" ? 200 : 500, receipts: [receipt] } : { ...common, status: 100 };
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
