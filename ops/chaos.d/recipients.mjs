// Contracts that calls are made to, put onto the chains as code: one that takes them, and one that never will.
import { toFunctionSelector } from "../demo.d/viem.mjs";

/** Takes every call, until it is given other code for a while. */
export const WILLING = "0x000000000000000000000000000000000000ca11";
/** Burns all the gas that it gets. */
export const GREEDY = "0x0000000000000000000000000000000000009a5e";

const selector = toFunctionSelector("receiveMessage(bytes32,bytes,bytes)").slice(2);

export const CODE = {
  takes: `0x63${selector}60e01b5f5260205ff3`, // returns the selector
  reverts: "0x5f5ffd",
  burns: "0x5b5f56", // jumps to where it is
  "returns 160 KB": "0x620280005ff3",
  "reverts with 160 KB": "0x620280005ffd",
  "returns something else": "0x60015f5260205ff3",
};

export const setCode = ({ client }, address, code) => client.request({ method: "anvil_setCode", params: [address, code] });
