import { encodeFunctionData } from "viem";
import { bridgeAbi, tokenAbi } from "../chain/abi.ts";
import type { Transaction, Typed, Waiting } from "./check.ts";

export const sendCall = (typed: Typed): Transaction => ({
  to: typed.bridge,
  data: encodeFunctionData({ abi: bridgeAbi, functionName: "send", args: [typed.destination, typed.assetId, typed.recipient, typed.amount, typed.fee] }),
  value: typed.value,
});

/** Exactly the amount: an allowance that stays behind is a risk that nobody needs. */
export const approvalCall = (typed: Typed & Required<Pick<Typed, "token">>): Transaction => ({
  to: typed.token,
  data: encodeFunctionData({ abi: tokenAbi, functionName: "approve", args: [typed.bridge, typed.amount] }),
  value: 0n,
});

export const deferralCall = (name: "retry" | "refund", { bridge, lane, sequence, message }: Waiting): Transaction => ({
  to: bridge,
  data: encodeFunctionData({ abi: bridgeAbi, functionName: name, args: [lane, sequence, message] }),
  value: 0n,
});
