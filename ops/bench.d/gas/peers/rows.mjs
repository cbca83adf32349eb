// What is transferred, and what a row of the table is.
import { keccak256, slice, toHex } from "viem";
import { artifact } from "./artifacts.mjs";

export const TOKEN = artifact("@across-protocol/contracts/dist/evm/artifacts/MockERC20.sol/MintableERC20.json");
export const UNLIMITED = 2n ** 256n - 1n;
export const SUPPLY = 10n ** 27n;
export const BATCHES = [1, 10, 100];

let counter = 0;
/** Unremarkable amounts, of six decimals in eighteen as some peers cut off what is beyond, for accounts nobody has seen before. */
export function anyTransfers(n) {
  return Array.from({ length: n }, () => {
    const random = keccak256(toHex(`transfer ${counter++}`));
    return { recipient: slice(random, 0, 20), amount: 10n ** 18n + (BigInt(random) % (500n * 10n ** 6n)) * 10n ** 12n };
  });
}

export async function deployToken(chain, ...holders) {
  const token = await chain.deploy(TOKEN, ["Plain", "PLN", 18]);
  for (const holder of holders) await chain.call(token, "mint", [holder, SUPPLY]);
  return token;
}

const sum = (transactions, key) => transactions.reduce((total, transaction) => total + transaction[key], 0);

/** @param fresh, warm: the transactions that delivered n transfers; send: gas at the source of one */
function row(system, n, { fresh, warm, send = null }) {
  return {
    system, n, warm: Math.round(sum(warm, "gas") / n), fresh: Math.round(sum(fresh, "gas") / n),
    send: send === null ? null : Math.round(send),
    transactions: warm.length, dataBytes: Number((sum(warm, "bytes") / n).toFixed(1)),
  };
}

/** What nobody received must not count as cheap. */
async function assertReceived(chain, token, transfers, before) {
  const balances = await balancesOf(chain, token, transfers);
  if (balances.some((balance, i) => balance <= before[i])) throw new Error("a delivery did not pay everybody");
}

const balancesOf = (chain, token, transfers) => Promise.all(transfers.map(({ recipient }) => chain.read(token, "balanceOf", [recipient])));

/**
 * @param token that arrives
 * @param send gas at the source of one transfer, or a function that tells it after a delivery
 * @param deliver(transfers) returns its transactions; the first delivery makes counters non-zero and is not counted
 */
export async function rowsOf(chain, system, { token, batches = [1], send = null, deliver }) {
  const deliverAll = async (transfers) => {
    const before = await balancesOf(chain, token, transfers);
    const transactions = await deliver(transfers);
    await assertReceived(chain, token, transfers, before);
    return transactions;
  };
  await deliverAll(anyTransfers(1));
  const rows = [];
  for (const n of batches) {
    const transfers = anyTransfers(n);
    const fresh = await deliverAll(transfers);
    const warm = await deliverAll(transfers);
    rows.push(row(system, n, { fresh, warm, send: typeof send === "function" ? send() : send }));
  }
  return rows;
}
