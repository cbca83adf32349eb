import { encodeFunctionData } from "viem";

/** One call of a configuration, and what to tell of it. */
export const call = (target, { abi }, functionName, args, what) => ({ target, data: encodeFunctionData({ abi, functionName, args }), what });
