// Multicall3, with which relayers put many deliveries into one transaction where the peer's own code has no call for that.
import { encodeFunctionData, multicall3Abi } from "viem";
import { multicall3Bytecode } from "./node_modules/viem/_esm/constants/contracts.js";

export const deployMulticall = (chain) => chain.deploy({ abi: multicall3Abi, bytecode: multicall3Bytecode });

/** @param calls argument lists of the function */
export async function callMany(chain, multicall, { address, abi }, functionName, calls) {
  if (calls.length === 1) return chain.call({ address, abi }, functionName, calls[0]);
  const inner = calls.map((args) => ({ target: address, allowFailure: false, callData: encodeFunctionData({ abi, functionName, args }) }));
  return chain.call(multicall, "aggregate3", [inner]);
}
