// Across: a relayer pays out of its own pocket and is refunded later; nobody signs, so the refund's proof is not in these figures.
import { encodeFunctionData, pad } from "viem";
import { artifact } from "./artifacts.mjs";
import { BATCHES, UNLIMITED, anyTransfers, deployToken, rowsOf } from "./rows.mjs";

const POOL = artifact("@across-protocol/contracts/dist/evm/artifacts/Ethereum_SpokePool.sol/Ethereum_SpokePool.json");
const PROXY = artifact("@across-protocol/contracts/dist/evm/artifacts/ERC1967Proxy.sol/ERC1967Proxy.json");
const NOBODY = pad("0x");
const HOUR = 3_600;
const ORIGIN = 10n; // repays the relayer too, and is where the measured deposit pretends to go
const less = (amount) => amount - amount / 1_000n; // what the relayer keeps

async function deployPool(chain) {
  const logic = await chain.deploy(POOL, [chain.relayer.address, HOUR, 9 * HOUR, chain.relayer.address]);
  // The constructor bars its own storage from being initialised.
  const data = encodeFunctionData({ abi: POOL.abi, functionName: "initialize", args: [1, chain.relayer.address] });
  return { ...(await chain.deploy(PROXY, [logic.address, data])), abi: POOL.abi };
}

export async function measure(chain) {
  const pool = await deployPool(chain);
  const token = await deployToken(chain, chain.relayer.address, chain.user.address);
  for (const from of [chain.relayer, chain.user]) await chain.call(token, "approve", [pool.address, UNLIMITED], { from });
  const now = Number((await chain.client.getBlock()).timestamp);
  const bytes32 = (address) => pad(address);
  const [owner, input, output] = [chain.user.address, token.address, token.address].map(bytes32);

  const deposit = ({ recipient, amount }) => chain.call(pool, "deposit", [
    owner, bytes32(recipient), input, output, amount, less(amount), ORIGIN, NOBODY, now, now + HOUR, 0, "0x",
  ], { from: chain.user });
  let deposits = 1_000_000n;
  const fill = ({ recipient, amount }) => [{
    depositor: owner, recipient: bytes32(recipient), exclusiveRelayer: NOBODY, inputToken: input, outputToken: output,
    inputAmount: amount, outputAmount: less(amount), originChainId: ORIGIN, depositId: deposits++,
    fillDeadline: now + HOUR, exclusivityDeadline: 0, message: "0x",
  }, ORIGIN, bytes32(chain.relayer.address)];
  const deliver = async (transfers) => {
    if (transfers.length === 1) return [await chain.call(pool, "fillRelay", fill(transfers[0]))];
    const calls = transfers.map((t) => encodeFunctionData({ abi: POOL.abi, functionName: "fillRelay", args: fill(t) }));
    return [await chain.call(pool, "multicall", [calls])];
  };

  const [first, second] = anyTransfers(2);
  await deposit(first);
  return rowsOf(chain, "Across", { token, batches: BATCHES, send: (await deposit(second)).gas, deliver });
}
