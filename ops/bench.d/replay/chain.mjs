// A local chain that mines when it is told to, in blocks that hold many transactions.
import { Failure } from "../../demo.d/failure.mjs";

/** Blocks behind the newest that are not final yet. */
const UNFINAL = 3;
const GAS = "0xf00000";

export async function startChain(processes, name, id) {
  processes.start(name, process.env.BRIDGE_ANVIL, [
    "--port", "0", "--chain-id", String(id), "--slots-in-an-epoch", "1", "--accounts", "10", "--gas-limit", "2000000000", "--no-request-size-limit",
  ]);
  const [, address] = await processes.output(name, /Listening on (127\.0\.0\.1:\d+)/, 20);
  return new Chain(name, id, `http://${address}`);
}

class Chain {
  constructor(name, id, url) {
    Object.assign(this, { name, id, url });
  }

  async request(method, ...params) {
    const [result] = await this.batch([{ method, params }]);
    return result;
  }

  /** Results in the order of the calls. */
  async batch(calls) {
    const body = JSON.stringify(calls.map(({ method, params }, id) => ({ jsonrpc: "2.0", id, method, params })));
    const reply = await fetch(this.url, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    const answers = (await reply.json()).sort((a, b) => a.id - b.id);
    for (const { error } of answers) if (error) throw new Failure(`${this.name}: ${error.message}`);
    return answers.map(({ result }) => result);
  }

  account = async (index) => (await this.request("eth_accounts"))[index];

  mine = (blocks = 1) => this.request("anvil_mine", `0x${blocks.toString(16)}`);

  finalise = () => this.mine(UNFINAL);

  /** Sends all of it from one account in one block, and fails where one reverts. @returns the block's height */
  async transact(from, to, calls) {
    const nonce = Number(await this.request("eth_getTransactionCount", from, "latest"));
    const hashes = await this.batch(calls.map((data, i) => ({
      method: "eth_sendTransaction", params: [{ from, to, data, gas: GAS, nonce: `0x${(nonce + i).toString(16)}` }],
    })));
    await this.mine();
    const receipts = await this.batch(hashes.map((hash) => ({ method: "eth_getTransactionReceipt", params: [hash] })));
    const failed = receipts.find((receipt) => receipt?.status !== "0x1");
    if (failed !== undefined) throw new Failure(`${this.name}: a transaction to ${to} was ${failed ? "reverted" : "not mined"}`);
    return Number(receipts[0].blockNumber);
  }
}
