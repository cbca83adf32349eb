// One chain as the deployment sees it: reads, and transactions that are waited for.
import { createPublicClient, createWalletClient, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { Refused } from "./refused.mjs";

export async function connect({ name, rpc, chainId }, privateKey) {
  if (!/^0x[0-9a-fA-F]{64}$/.test(privateKey ?? "")) {
    throw new Refused("DEPLOYER_PRIVATE_KEY must be set to the deployer's key, 0x and 64 hex digits");
  }
  const account = privateKeyToAccount(privateKey);
  const transport = http(rpc);
  const reader = createPublicClient({ transport, pollingInterval: 100 });
  const found = await reader.getChainId().catch((error) => {
    throw new Refused(`${name}: nothing answers at ${rpc} (${error.shortMessage ?? error.message})`);
  });
  if (chainId !== undefined && chainId !== found) {
    throw new Refused(`${name}: the configuration says chain id ${chainId}, ${rpc} says ${found}`);
  }
  const nativeCurrency = { name: "Ether", symbol: "ETH", decimals: 18 };
  const chain = { id: found, name, nativeCurrency, rpcUrls: { default: { http: [rpc] } } };
  const wallet = createWalletClient({ account, transport, chain });

  const hasCode = async (address) => (await reader.getCode({ address })) !== undefined;
  const read = (address, { abi }, functionName, args = []) => reader.readContract({ address, abi, functionName, args });
  const settle = async (what, hash) => {
    const receipt = await reader.waitForTransactionReceipt({ hash });
    if (receipt.status !== "success") throw new Refused(`${name}: ${what} failed in transaction ${hash}`);
  };
  const transact = async (what, transaction) => {
    try {
      await settle(what, await wallet.sendTransaction(transaction));
    } catch (error) {
      if (error instanceof Refused) throw error;
      throw new Refused(`${name}: ${what} failed: ${error.details ?? error.shortMessage ?? error.message}`);
    }
  };
  const sendRaw = async (what, serializedTransaction) => settle(what, await reader.sendRawTransaction({ serializedTransaction }));

  const deployer = account.address.toLowerCase();
  return { name, chainId: found, deployer, reader, hasCode, read, send: wallet.sendTransaction, transact, sendRaw };
}
