import { Signature, SigningKey, Transaction, keccak256 } from "ethers";
import { privateKeyToAccount } from "viem/accounts";
import { Random, agreed } from "./random.mjs";

const random = new Random("transactions");

// Amounts of wei are 128 bits here.
const MAX = (1n << 128n) - 1n;

async function transaction(i) {
  const key = random.word();
  const tip = random.uint(random.pick([0, 32, 64, 128].filter((b) => b)));
  const above = tip + random.uint(100);
  const fee = above > MAX ? MAX : above;
  const fields = {
    chainId: random.pick([1n, 10n, 31337n, 42161n, random.uint(52) + 1n]), nonce: Number(random.uint(random.pick([8, 32, 52]))), maxPriorityFeePerGas: tip,
    maxFeePerGas: fee, gasLimit: random.uint(random.pick([24, 32, 63])), to: random.address(),
    value: i % 3 ? 0n : random.uint(128), data: random.bytes(random.int(random.pick([1, 60, 300]))),
  };
  const made = Transaction.from({ type: 2, ...fields });
  const signed = made.clone();
  signed.signature = Signature.from(new SigningKey(key).sign(made.unsignedHash));
  const { gasLimit, ...rest } = fields;
  const other = await privateKeyToAccount(key).signTransaction({ type: "eip1559", ...rest, chainId: Number(fields.chainId), gas: gasLimit });
  const raw = agreed("transaction", signed.serialized, other);
  return {
    key, chainId: String(fields.chainId), nonce: String(fields.nonce), maxPriorityFeePerGas: String(tip), maxFeePerGas: String(fields.maxFeePerGas),
    gasLimit: String(gasLimit), to: fields.to, value: String(fields.value), data: fields.data,
    signingHash: made.unsignedHash, signature: signed.signature.serialized, raw, hash: agreed("hash", signed.hash, keccak256(raw)),
  };
}

export async function transactions() {
  const cases = [];
  for (let i = 0; i < 120; i++) cases.push(await transaction(i));
  return {
    format: "EIP-1559 transactions with an empty access list: fields in wei, wei per gas and gas, the hash to sign, the 65-byte signature, the raw bytes and their hash.",
    cases,
  };
}
