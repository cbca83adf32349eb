// Reads both chains for audit.mjs: logs and views at one block of each, and nothing that our own programs recorded.
import { bridgeAbi, event, tokenAbi } from "./abi.mjs";
import { ASSET } from "./deployment.mjs";
import { zeroAddress, getAddress } from "./viem.mjs";
import { laneId } from "./wire.mjs";

/** The chains at their newest final blocks, unless told otherwise. */
export async function readEvidence(chains, deployment, blockTag = "finalized") {
  const [alpha, beta] = await Promise.all([chains.alpha, chains.beta].map(async (chain) => ({
    ...chain,
    bridge: getAddress(deployment.bridge),
    token: getAddress(deployment.token[chain.name]),
    // The home Bridge pays from what it locked; elsewhere the token is minted.
    payer: chain.name === chains.alpha.name ? getAddress(deployment.bridge) : zeroAddress,
    block: (await chain.client.getBlock({ blockTag })).number,
  })));
  const lanes = await Promise.all([readLane(alpha, beta), readLane(beta, alpha)]);
  const [asset, held, wrapped] = await Promise.all([
    view(alpha, alpha.bridge, bridgeAbi, "asset", [ASSET]),
    view(alpha, alpha.token, tokenAbi, "balanceOf", [alpha.bridge]),
    view(beta, beta.token, tokenAbi, "totalSupply", []),
  ]);
  return { lanes, supply: { locked: asset.locked, held, wrapped } };
}

async function readLane(source, destination) {
  const lane = laneId(source, destination);
  const [sent, delivered, deferred, retried, payouts, outbound, inbound] = await Promise.all([
    logs(source, source.bridge, bridgeAbi, "MessageSent", { destinationChainId: BigInt(destination.id) }),
    logs(destination, destination.bridge, bridgeAbi, "MessagesDelivered", { lane }),
    logs(destination, destination.bridge, bridgeAbi, "MessageDeferred", { lane }),
    logs(destination, destination.bridge, bridgeAbi, "MessageRetried", { lane }),
    logs(destination, destination.token, tokenAbi, "Transfer", { from: destination.payer }),
    view(source, source.bridge, bridgeAbi, "outbound", [BigInt(destination.id)]),
    view(destination, destination.bridge, bridgeAbi, "inbound", [BigInt(source.id)]),
  ]);
  return {
    name: `${source.name} to ${destination.name}`,
    laneId: lane,
    sent: sent.map(({ args, ...log }) => ({ transaction: log.transactionHash, sequence: Number(args.sequence), rollingHash: args.rollingHash, wire: args.message })),
    delivered: delivered.map(({ args, ...log }) => ({
      transaction: log.transactionHash, first: Number(args.firstSequence), last: Number(args.lastSequence), rollingHash: args.rollingHash, deliverer: args.deliverer,
    })),
    deferred: deferred.map(({ args, ...log }) => ({ transaction: log.transactionHash, sequence: Number(args.sequence) })),
    retried: retried.map(({ args, ...log }) => ({ transaction: log.transactionHash, sequence: Number(args.sequence), caller: args.caller })),
    payouts: payouts.map(({ args, ...log }) => ({ transaction: log.transactionHash, to: args.to, amount: args.value })),
    outbound: { sequence: Number(outbound[0]), rollingHash: outbound[1] },
    inbound,
  };
}

const logs = ({ client, block }, address, abi, name, args) => client.getLogs({ address, event: event(abi, name), args, fromBlock: 0n, toBlock: block, strict: true });

const view = ({ client, block }, address, abi, functionName, args) => client.readContract({ address, abi, functionName, args, blockNumber: block });
