// Hyperlane: warp route from collateral to a synthetic token, message ids signed by three of five, no proxies, no gas payment.
import { concat, encodePacked, hashMessage, keccak256, numberToHex, pad, toHex } from "viem";
import { typechain } from "./artifacts.mjs";
import { callMany, deployMulticall } from "./multicall.mjs";
import { BATCHES, UNLIMITED, anyTransfers, deployToken, rowsOf } from "./rows.mjs";
import { FIVE, THRESHOLD, packed } from "./signers.mjs";

const of = (name) => typechain(`@hyperlane-xyz/core/dist/typechain/factories/contracts/${name}__factory.js`);
const MAILBOX = of("Mailbox");
const HERE = 918_002;
const THERE = 918_001;
const uint32 = (value) => numberToHex(value, { size: 4 });

async function deployMailbox(chain, domain) {
  const mailbox = await chain.deploy(MAILBOX, [domain]);
  const tree = await chain.deploy(of("hooks/MerkleTreeHook"), [mailbox.address]);
  const free = await chain.deploy(of("hooks/PausableHook"));
  const factory = await chain.deploy(of("isms/multisig/StaticMultisigIsm.sol/StaticMessageIdMultisigIsmFactory"));
  const set = [FIVE.map(({ address }) => address), THRESHOLD];
  const ism = await chain.read(factory, "getAddress", set);
  await chain.call(factory, "deploy", set);
  await chain.call(mailbox, "initialize", [chain.relayer.address, ism, free.address, tree.address]);
  return { mailbox, tree, hook: free.address, ism };
}

async function deployRoute(chain) {
  const [source, destination] = [await deployMailbox(chain, THERE), await deployMailbox(chain, HERE)];
  const token = await deployToken(chain, chain.user.address);
  const collateral = await chain.deploy(of("token/HypERC20Collateral"), [token.address, 1n, 1n, source.mailbox.address]);
  await chain.call(collateral, "initialize", [source.hook, source.ism, chain.relayer.address]);
  const synthetic = await chain.deploy(of("token/HypERC20"), [18, 1n, 1n, destination.mailbox.address]);
  await chain.call(synthetic, "initialize", [0n, "Plain", "PLN", destination.hook, destination.ism, chain.relayer.address]);
  await chain.call(collateral, "enrollRemoteRouter", [HERE, pad(synthetic.address)]);
  await chain.call(synthetic, "enrollRemoteRouter", [THERE, pad(collateral.address)]);
  await chain.call(token, "approve", [collateral.address, UNLIMITED], { from: chain.user });
  return { mailbox: destination.mailbox, tree: source.tree, collateral, synthetic };
}

/** @returns the arguments of `process` for a message of this nonce */
async function attest({ tree, collateral, synthetic }, { recipient, amount }, nonce) {
  const message = concat([
    "0x03", uint32(nonce), uint32(THERE), pad(collateral.address), uint32(HERE), pad(synthetic.address),
    pad(recipient), numberToHex(amount, { size: 32 }),
  ]);
  const origin = keccak256(encodePacked(["uint32", "bytes32", "string"], [THERE, pad(tree.address), "HYPERLANE"]));
  const root = keccak256(toHex(`root after ${nonce}`));
  const checkpoint = keccak256(concat([origin, root, uint32(nonce), keccak256(message)]));
  return [concat([pad(tree.address), root, uint32(nonce), await packed(hashMessage({ raw: checkpoint }))]), message];
}

export async function measure(chain) {
  const route = await deployRoute(chain);
  const multicall = await deployMulticall(chain);
  const send = ({ recipient, amount }) =>
    chain.call(route.collateral, "transferRemote", [HERE, pad(recipient), amount], { from: chain.user });
  let nonce = 100_000;
  const deliver = async (transfers) => {
    const calls = await Promise.all(transfers.map((transfer) => attest(route, transfer, nonce++)));
    return [await callMany(chain, multicall, route.mailbox, "process", calls)];
  };

  // The fifth leaf is the first whose place in the tree is not empty.
  let sent;
  for (const transfer of anyTransfers(5)) sent = await send(transfer);
  return rowsOf(chain, "Hyperlane", { token: route.synthetic, batches: BATCHES, send: sent.gas, deliver });
}
