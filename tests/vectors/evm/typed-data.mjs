import { TypedDataEncoder } from "ethers";
import { hashTypedData } from "viem";
import { Random, agreed } from "./random.mjs";

const random = new Random("typed data");

function atom() {
  return random.pick([
    () => `uint${8 * (random.int(32) + 1)}`, () => `int${8 * (random.int(32) + 1)}`, () => "address", () => "bool",
    () => `bytes${random.int(32) + 1}`, () => "bytes", () => "string",
  ])();
}

/** Structs S0, S1, …; each may hold the ones after it, so that none holds itself. */
function structs() {
  const count = random.int(4) + 1;
  const types = {};
  for (let i = count - 1; i >= 0; i--) {
    const later = Object.keys(types);
    const base = () => (later.length && random.int(3) === 0 ? random.pick(later) : atom());
    types[`S${i}`] = random.times(random.int(5) + 1, (k) => ({ name: `field${k}`, type: base() + random.pick(["", "", "", "[]", "[2]", "[][1]"]) }));
  }
  // A struct that S0 does not reach would change nothing, and ethers refuses it.
  for (const unused of Object.keys(types).slice(0, -1)) {
    const reached = Object.values(types).flat().some((f) => f.type.split("[")[0] === unused);
    if (!reached) types.S0.push({ name: `last${unused}`, type: unused });
  }
  return types;
}

function value(types, type) {
  const array = type.match(/^(.*)\[(\d*)\]$/);
  if (array) return random.times(array[2] ? Number(array[2]) : random.int(4), () => value(types, array[1]));
  if (types[type]) return Object.fromEntries(types[type].map((f) => [f.name, value(types, f.type)]));
  if (type.startsWith("uint")) return random.uint(Number(type.slice(4)));
  if (type.startsWith("int")) return random.sint(Number(type.slice(3)));
  if (type === "address") return random.address();
  if (type === "bool") return random.int(2) === 1;
  if (type === "string") return random.text();
  return random.bytes(type === "bytes" ? random.int(80) : Number(type.slice(5)));
}

function domain() {
  const all = { name: random.text(), version: "1", chainId: random.uint(60), verifyingContract: random.address(), salt: random.word() };
  const kept = Object.entries(all).filter(() => random.int(4) > 0);
  return Object.fromEntries(kept.length ? kept : [["name", "only"]]);
}

const number = (key, v) => (typeof v === "bigint" ? String(v) : v);

function typed(i, { domain, types, primaryType, message }) {
  const digest = agreed("typed data", TypedDataEncoder.hash(domain, types, message), hashTypedData({ domain, types, primaryType, message }));
  // Half of the cases spell the domain's type out, as wallets do; half leave it to be derived.
  const spelled = i % 2 ? TypedDataEncoder.getPayload(domain, types, message) : { domain, types, primaryType, message };
  return { typedData: JSON.parse(JSON.stringify(spelled, number)), digest };
}

const checkpoint = () => ({
  domain: { name: "Bridge", version: "1", chainId: random.uint(32), verifyingContract: random.address() },
  types: { Checkpoint: [["uint64", "epoch"], ["bytes32", "lane"], ["uint64", "sequence"], ["bytes32", "rollingHash"]].map(([type, name]) => ({ name, type })) },
  primaryType: "Checkpoint",
  message: { epoch: random.uint(64), lane: random.word(), sequence: random.uint(64), rollingHash: random.word() },
});

const mail = {
  domain: { name: "Ether Mail", version: "1", chainId: 1n, verifyingContract: "0xcccccccccccccccccccccccccccccccccccccccc" },
  types: {
    Person: [{ name: "name", type: "string" }, { name: "wallet", type: "address" }],
    Mail: [{ name: "from", type: "Person" }, { name: "to", type: "Person" }, { name: "contents", type: "string" }],
  },
  primaryType: "Mail",
  message: {
    from: { name: "Cow", wallet: "0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826" },
    to: { name: "Bob", wallet: "0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" }, contents: "Hello, Bob!",
  },
};

export function typedData() {
  const cases = [typed(0, mail), typed(1, mail), ...random.times(10, (i) => typed(i, checkpoint()))];
  while (cases.length < 72) {
    const types = structs();
    cases.push(typed(cases.length, { domain: domain(), types, primaryType: "S0", message: value(types, "S0") }));
  }
  return { format: "The EIP-712 digest of typed data as eth_signTypedData_v4 takes it.", cases };
}
