import { hashTypedData, type Address, type Hex, type TypedDataDefinition } from "viem";
import type { TypedData } from "../api/quotes.ts";
import { NotWhatWasTyped, type Typed } from "./check.ts";

/** What the person typed and saw of a transfer that somebody else submits, and the contracts that the chain itself vouches for. */
export interface Signed extends Typed {
  owner: Address;
  source: bigint;
  /** Base units on top of the amount, for whoever submits. */
  relayerFee: bigint;
  intents: Address;
  permit2: Address;
  /** The token, whatever its mode. */
  asset: Address;
}

/** Seconds in which a signature may still be used, at most. */
export const LONGEST_SECONDS = 7_200n;

const DOMAIN = fields("string name,string version,uint256 chainId,address verifyingContract");
const INTENT = fields("address owner,uint256 destinationChainId,uint32 assetId,address recipient,uint128 amount,uint128 fee,uint128 relayerFee,uint256 deadline,uint256 nonce");
const RECEIVE = fields("address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce");
const WITNESSED = fields("TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,Intent witness");

/**
 * Makes once more, of what was typed, what the API wants signed, and compares the two whole: every type, every part of the domain and of
 * the message. Free are only the nonce, and the deadline within bounds.
 * @param intent what an ERC-3009 nonce is said to be the digest of
 * @param now seconds since 1970
 * @returns what to have signed: our own, not what was offered
 * @throws NotWhatWasTyped
 */
export function requireTypedData(offered: TypedData, intent: Record<string, unknown> | undefined, signed: Signed, now: bigint): TypedData {
  const made = remake(offered, intent, signed, now);
  const difference = firstDifference(offered, made, "");
  if (difference) throw new NotWhatWasTyped(difference);
  return made;
}

function remake({ primaryType, message, domain }: TypedData, intent: Record<string, unknown> | undefined, signed: Signed, now: bigint): TypedData {
  switch (primaryType) {
    case "Intent": return intentData(membersOf(signed, message, now), signed);
    case "PermitWitnessTransferFrom": return witnessed(membersOf(signed, message, now), signed);
    case "ReceiveWithAuthorization": {
      if (!intent) throw new NotWhatWasTyped("an authorization that does not say of which transfer");
      return authorization(membersOf(signed, intent, now), signed, String(domain.name), String(domain.version));
    }
    default: throw new NotWhatWasTyped(`the unknown type "${primaryType}"`);
  }
}

type Members = Record<string, string>;

function membersOf(signed: Signed, { deadline, nonce }: Record<string, unknown>, now: bigint): Members {
  const [until, number] = [whole("deadline", deadline), whole("nonce", nonce)];
  if (until > now + LONGEST_SECONDS) throw new NotWhatWasTyped(`a signature that could be used until ${until}`);
  return {
    owner: signed.owner, destinationChainId: String(signed.destination), assetId: String(signed.assetId), recipient: signed.recipient,
    amount: String(signed.amount), fee: String(signed.fee), relayerFee: String(signed.relayerFee), deadline: String(until), nonce: String(number),
  };
}

const intentData = (members: Members, { source, intents }: Signed): TypedData => ({
  types: { EIP712Domain: DOMAIN, Intent: INTENT }, primaryType: "Intent",
  domain: { name: "Intents", version: "1", chainId: String(source), verifyingContract: intents }, message: members,
});

const totalOf = ({ amount, relayerFee }: Signed) => String(amount + relayerFee);

/** Permit2's domain has no version. */
const witnessed = (members: Members, signed: Signed): TypedData => ({
  types: { EIP712Domain: fields("string name,uint256 chainId,address verifyingContract"), PermitWitnessTransferFrom: WITNESSED, TokenPermissions: fields("address token,uint256 amount"), Intent: INTENT },
  primaryType: "PermitWitnessTransferFrom",
  domain: { name: "Permit2", chainId: String(signed.source), verifyingContract: signed.permit2 },
  message: { permitted: { token: signed.asset, amount: totalOf(signed) }, spender: signed.intents, nonce: members.nonce, deadline: members.deadline, witness: members },
});

/** Another name or version would make a signature that this token refuses, and no other contract takes. */
const authorization = (members: Members, signed: Signed, name: string, version: string): TypedData => ({
  types: { EIP712Domain: DOMAIN, ReceiveWithAuthorization: RECEIVE }, primaryType: "ReceiveWithAuthorization",
  domain: { name, version, chainId: String(signed.source), verifyingContract: signed.asset },
  message: {
    from: signed.owner, to: signed.intents, value: totalOf(signed), validAfter: "0", validBefore: String(BigInt(members.deadline!) + 1n),
    nonce: digest(intentData(members, signed)),
  },
});

const digest = (data: TypedData): Hex => hashTypedData(data as unknown as TypedDataDefinition);

function whole(what: string, value: unknown): bigint {
  if (typeof value === "string" && /^\d{1,78}$/.test(value)) return BigInt(value);
  throw new NotWhatWasTyped(`a ${what} that is no number (${String(value)})`);
}

/** Where and how two values differ, in words; undefined where they do not. Letters' case means nothing in an address. */
function firstDifference(given: unknown, wanted: unknown, where: string): string | undefined {
  if (typeof given === "object" && given && typeof wanted === "object" && wanted) {
    const [a, b] = [given as Record<string, unknown>, wanted as Record<string, unknown>];
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => firstDifference(a[key], b[key], where ? `${where}.${key}` : key)).find((found) => found);
  }
  const plain = (value: unknown) => (typeof value === "string" && value.startsWith("0x") ? value.toLowerCase() : value);
  return plain(given) === plain(wanted) ? undefined : `another ${where} (${String(given)} in place of ${String(wanted)})`;
}

function fields(list: string): { name: string; type: string }[] {
  return list.split(",").map((field) => field.split(" ")).map(([type, name]) => ({ name: name!, type: type! }));
}
