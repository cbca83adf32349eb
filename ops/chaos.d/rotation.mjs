// Has a chain's validators follow themselves under a new epoch: all that is not delivered must be attested anew.
import { setTimeout as delay } from "node:timers/promises";
import { concat, hashTypedData, keccak256, parseAbi, parseSignature, privateKeyToAccount, serializeCompactSignature, signatureToCompactSignature } from "../demo.d/viem.mjs";
import { THRESHOLD, VALIDATORS } from "./organisations.mjs";

const DELAY = 86_400; // ROTATION_DELAY, seconds
const PATIENCE = 20_000;
const abi = parseAbi([
  "function rotate(address[] members, uint8 threshold, (uint64 epoch, uint256 signers, bytes signatures) certificate)", "function activateRotation()",
  "function epoch() view returns (uint64)", "function nextEpoch() view returns (uint64)", "function validatorSet(uint64 epoch) view returns (address[] members, uint8 threshold)",
  "function pendingRotation() view returns (uint64 epoch, uint64 readyAt, address[] members, uint8 threshold)",
]);

export async function rotate(world, name) {
  const [chain, address] = [world.chains[name], world.deployment.bridge];
  const read = (functionName, args = []) => chain.client.readContract({ address, abi, functionName, args });
  const call = (functionName, args = [], gas = 2_000_000n) => world.traffic.accounts.transact(chain, world.stranger.account, { address, abi, functionName, args }, gas);
  const [epoch, next] = [await read("epoch"), await read("nextEpoch")];
  const [members] = await read("validatorSet", [epoch]);
  const certificate = await certify(world, chain, epoch, members, { epoch: next, members: keccak256(concat(members)), threshold: THRESHOLD });
  await call("rotate", [members, THRESHOLD, certificate]);
  await soon(async () => (await read("pendingRotation"))[0] === next, "the rotation is not pending");
  await chain.client.request({ method: "evm_increaseTime", params: [DELAY + 1] });
  await chain.client.request({ method: "evm_mine", params: [] });
  await call("activateRotation");
  await soon(async () => (await read("epoch")) === next, "the rotation is not in force");
}

/** The first members of the set sign, as many as it takes. */
async function certify(world, chain, epoch, members, message) {
  const digest = hashTypedData({
    domain: { name: "Bridge", version: "1", chainId: chain.id, verifyingContract: world.deployment.bridge },
    types: { Rotation: [{ name: "epoch", type: "uint64" }, { name: "members", type: "bytes32" }, { name: "threshold", type: "uint8" }] },
    primaryType: "Rotation", message,
  });
  const accounts = VALIDATORS.map((name) => privateKeyToAccount(world.secrets[name]));
  const signers = members.slice(0, THRESHOLD).map((member) => accounts.find((account) => account.address === member));
  const signatures = await Promise.all(signers.map(async (account) => serializeCompactSignature(signatureToCompactSignature(parseSignature(await account.sign({ hash: digest }))))));
  return { epoch, signers: (1n << BigInt(THRESHOLD)) - 1n, signatures: concat(signatures) };
}

async function soon(holds, otherwise) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await delay(200)) if (await holds()) return;
  throw new Error(`${otherwise} within ${PATIENCE / 1000} s`);
}
