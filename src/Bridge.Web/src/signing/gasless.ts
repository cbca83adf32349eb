import { isAddress, type Address, type Hex } from "viem";
import type { Quote, Route, Step, TypedData } from "../api/quotes.ts";
import { getIntent, handIn, type Intent } from "../api/intents.ts";
import { tokenAbi } from "../chain/abi.ts";
import { maySendForOthers, permit2Of } from "../chain/intents.ts";
import { read } from "../chain/reads.ts";
import { switchTo } from "../wallet/networks.ts";
import { walletMessage } from "../wallet/provider.ts";
import { session, type Session } from "../wallet/session.ts";
import { NotWhatWasTyped, requireApproval, type Typed } from "./check.ts";
import type { Order } from "./order.ts";
import { approve, sameWallet } from "./perform.ts";
import { NotSent, requireChain } from "./submit.ts";
import { requireTypedData, type Signed } from "./typedData.ts";

const POLL_MILLISECONDS = 1_000;

/** Of a gasless route: what whoever submits gets, in base units of the asset. */
export const relayerFeeOf = ({ input, legs }: Route): bigint => BigInt(input.amount) - BigInt(legs[0]!.amount);

/**
 * Has the transfer signed and hands it in; somebody else sends it, for a fee. What is signed is made of what was typed, and must be what the
 * API asks for.
 * @param typed its amount is what goes into the message; the relayer's fee comes on top
 * @returns the hash of the transaction that sent it
 * @throws NotSent, NotWhatWasTyped, Problem, or what the wallet throws
 */
export async function sendSigned(order: Order, typed: Typed, { quoteId }: Quote, route: Route, say: (what: string) => void): Promise<Hex> {
  const begun = session.value;
  if (!begun) throw new NotSent("Connect a wallet first.");
  const step = route.steps.find(({ kind }) => kind === "typedData");
  if (!step?.typedData) throw new NotSent("The quote has nothing to sign.");
  await switchTo(begun, order.source);
  const current = sameWallet(begun, order.source);
  const signed = await signedOf(current, order, typed, step.typedData, relayerFeeOf(route));
  const now = BigInt(Math.floor(Date.now() / 1000));
  requireTypedData(step.typedData, step.intent, signed, now);
  const before = route.steps[0]!;
  if (before.kind === "transaction") await approveOnce(current, signed, before, order, step.typedData.primaryType, say);

  say(`Sign the transfer in ${current.wallet.info.name}. It costs no gas.`);
  const signature = await sign(sameWallet(begun, order.source), requireTypedData(step.typedData, step.intent, signed, now));
  say("Handing the signature in…");
  return follow(await handIn(quoteId, route.routeId, signature), say);
}

/** With the contracts as the chain knows them. @throws NotWhatWasTyped for a contract that the Bridge does not let send for others */
async function signedOf({ wallet: { provider }, account }: Session, { source, token }: Order, typed: Typed, { primaryType, domain, message }: TypedData, relayerFee: bigint): Promise<Signed> {
  const named = { Intent: domain.verifyingContract, PermitWitnessTransferFrom: message.spender, ReceiveWithAuthorization: message.to }[primaryType];
  if (typeof named !== "string" || !isAddress(named, { strict: false })) throw new NotWhatWasTyped(`the unknown type "${primaryType}"`);
  if (!(await maySendForOthers(provider, source.bridge, named))) throw new NotWhatWasTyped(`a contract that the Bridge does not let send for others (${named})`);
  return { ...typed, owner: account, source: BigInt(source.id), relayerFee, intents: named, permit2: await permit2Of(provider, named), asset: token.token };
}

/** What a token without signatures needs the first time; of exactly the amount, as every approval here. */
async function approveOnce(current: Session, signed: Signed, { to, data, value }: Step, { token, amount }: Order, primaryType: string, say: (what: string) => void): Promise<void> {
  if (!to || !data) throw new NotSent("The quote does not begin with an approval, so this page cannot sign it.");
  const spender: Address = primaryType === "PermitWitnessTransferFrom" ? signed.permit2 : signed.intents;
  const total = signed.amount + signed.relayerFee;
  await approve(current, {
    transaction: { to, data, value: BigInt(value ?? "0") },
    check: (transaction) => requireApproval(transaction, { ...signed, token: token.token, bridge: spender, amount: total }),
    say: `Once, and with gas of your own: let ${amount} ${token.symbol} be taken by your signature. Confirm it in ${current.wallet.info.name}.`,
    isGiven: async () => (await read<bigint>(current.wallet.provider, token.token, tokenAbi, "allowance", [current.account, spender])) >= total,
  }, say);
}

async function sign(current: Session, data: TypedData): Promise<Hex> {
  await requireChain(current);
  try {
    return (await current.wallet.provider.request({ method: "eth_signTypedData_v4", params: [current.account, JSON.stringify(data)] })) as Hex;
  } catch (error) {
    throw new NotSent(walletMessage(error));
  }
}

async function follow(id: string, say: (what: string) => void): Promise<Hex> {
  for (let said = ""; ; ) {
    const intent = await getIntent(id);
    if (intent.status === "REFUSED" || intent.status === "FAILED") throw new NotSent(`It was not sent, and nothing has left you: ${intent.reason ?? "no reason is known"}.`);
    if (["INCLUDED", "FINAL"].includes(intent.status) && intent.txHash) return intent.txHash;
    const now = waiting(intent);
    if (now !== said) say((said = now));
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

const waiting = ({ status, reason }: Intent) =>
  status === "SUBMITTED" ? "Somebody has sent it; waiting for its block…" : `Waiting for somebody to send it${reason ? `: ${reason}` : ""}. It costs you no gas, and after its deadline the signature is worth nothing.`;
