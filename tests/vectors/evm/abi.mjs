import { AbiCoder } from "ethers";
import { encodeAbiParameters, parseAbiParameters } from "viem";
import { Random, agreed } from "./random.mjs";

const random = new Random("abi");
const widths = Array.from({ length: 32 }, (_, i) => 8 * (i + 1));

function elementary() {
  return random.pick([
    () => `uint${random.pick(widths)}`, () => `int${random.pick(widths)}`, () => "address", () => "bool",
    () => `bytes${random.int(32) + 1}`, () => "bytes", () => "string",
  ])();
}

function type(depth) {
  if (depth === 0) return elementary();
  return random.pick([
    elementary,
    () => `${type(depth - 1)}[]`,
    () => `${type(depth - 1)}[${random.int(3) + 1}]`,
    () => tuple(random.int(4) + 1, depth - 1),
  ])();
}

function tuple(count, depth) {
  return `(${random.times(count, () => type(depth)).join(",")})`;
}

/** The members of "(a,(b,c)[],d)". */
export function members(text) {
  const parts = [];
  let depth = 0;
  let from = 1;
  for (let i = 1; i < text.length; i++) {
    if ((text[i] === "," && depth === 0) || i === text.length - 1) {
      if (i > from) parts.push(text.slice(from, i));
      from = i + 1;
    } else if (text[i] === "(") depth++;
    else if (text[i] === ")") depth--;
  }
  return parts;
}

function value(text) {
  const array = text.match(/^(.*)\[(\d*)\]$/s);
  if (array) return random.times(array[2] ? Number(array[2]) : random.int(4), () => value(array[1]));
  if (text.startsWith("(")) return members(text).map(value);
  if (text.startsWith("uint")) return random.uint(Number(text.slice(4)));
  if (text.startsWith("int")) return random.sint(Number(text.slice(3)));
  if (text === "address") return random.address();
  if (text === "bool") return random.int(2) === 1;
  if (text === "string") return random.text();
  return random.bytes(text === "bytes" ? random.int(random.pick([4, 33, 70])) : Number(text.slice(5)));
}

const json = (v) => (Array.isArray(v) ? v.map(json) : typeof v === "bigint" ? String(v) : v);

/** ethers refuses a list of no types from viem's parser only; the empty list is "0x" for both. */
function encode(list, values) {
  const types = members(list);
  const other = types.length ? encodeAbiParameters(parseAbiParameters(types.join(",")), values) : "0x";
  return agreed(list, AbiCoder.defaultAbiCoder().encode(types, values), other);
}

const one = (t, v) => ({ types: `(${t})`, values: [json(v)], encoded: encode(`(${t})`, [v]) });

export function abi() {
  const edges = [
    { types: "()", values: [], encoded: encode("()", []) },
    ...widths.flatMap((w) => [one(`uint${w}`, (1n << BigInt(w)) - 1n), one(`int${w}`, -(1n << BigInt(w - 1)))]),
    one("bytes", "0x"), one("string", ""), one("uint256[]", []), one("bytes[]", []), one("bytes[]", ["0x", "0x01"]), one("bool", true), one("bool", false),
    ...[31, 32, 33].map((n) => one("bytes", random.bytes(n))), one("(uint8,bytes)[2][]", [[[1n, "0x"], [2n, "0xff"]]]),
  ];
  const mixed = random.times(180, (i) => {
    const types = tuple(random.int(5) + 1, i < 60 ? 0 : i < 130 ? 1 : 2);
    const values = members(types).map(value);
    return { types, values: json(values), encoded: encode(types, values) };
  });
  return {
    format: "abi.encode of values as types, a list in parentheses. Numbers are decimal strings, bytes and addresses 0x hex.",
    cases: [...edges, ...mixed],
  };
}
