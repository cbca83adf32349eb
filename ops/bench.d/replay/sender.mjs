// A contract that sends many transfers in one transaction, so that a long history is soon made.
import { concat, encodeFunctionData, pad, toHex } from "../../demo.d/viem.mjs";
import { bridgeAbi } from "../../demo.d/abi.mjs";

/**
 * Copies its calldata, a count and a call of send, to memory, and makes the call as often as the count says, each time to another recipient:
 * the count that is left, above 0x10000. Reverts where a call does.
 */
export const code = (bridge) => "0x" + [
  "365f5f37", "5f51", // calldatacopy(0, 0, size); i = count
  "5b", "8015603e57", // loop: if i = 0, go to the end
  "806201000001", "606452", // recipient = i + 0x10000
  "5f5f60a460205f73", bridge.slice(2).toLowerCase(), "5af1", "15604057", // the call; if it failed, revert
  "60019003", "600656", // i = i - 1; loop
  "5b00", "5b5f5ffd",
].join("");

/** Calldata that sends so many, each of `amount` with `fee`. */
export const sends = (count, destination, assetId, amount, fee) => concat([
  pad(toHex(count), { size: 32 }),
  encodeFunctionData({ abi: bridgeAbi, functionName: "send", args: [BigInt(destination), assetId, "0x0000000000000000000000000000000000000001", amount, fee] }),
]);
