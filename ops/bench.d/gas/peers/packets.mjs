// What the workers of LayerZero do at the destination for packets that were sent: verify, commit, execute.
import { encodeFunctionData, encodePacked, hashMessage, hexToBigInt, hexToNumber, keccak256, slice } from "viem";
import { events } from "./chain.mjs";
import { ENDPOINT, RECEIVE, VID } from "./endpoints.mjs";
import { packed } from "./signers.mjs";

const EXPIRATION = 4_000_000_000n;
const GAS = 8_000_000n;
const encode = (abi, functionName, args) => encodeFunctionData({ abi, functionName, args });

/** The packet that a transaction sent, in its parts. */
export function packetOf(transaction) {
  const [{ encodedPayload: packet }] = events(transaction, ENDPOINT, "PacketSent");
  return {
    header: slice(packet, 0, 81), payloadHash: keccak256(slice(packet, 81)), guid: slice(packet, 81, 113), message: slice(packet, 113),
    origin: { srcEid: hexToNumber(slice(packet, 9, 13)), sender: slice(packet, 13, 45), nonce: hexToBigInt(slice(packet, 1, 9)) },
    receiver: slice(packet, 61, 81),
  };
}

async function instruction({ receive, confirmations }, { quorum, members }, { header, payloadHash }) {
  const callData = encode(RECEIVE.abi, "verify", [header, payloadHash, confirmations]);
  const hash = keccak256(encodePacked(["uint32", "address", "uint256", "bytes"], [VID, receive.address, EXPIRATION, callData]));
  const signatures = await packed(hashMessage({ raw: hash }), members, quorum);
  return { vid: VID, target: receive.address, callData, expiration: EXPIRATION, signatures };
}

/**
 * One transaction for each DVN; then one for the commit and one by the executor for a single packet, or one for those of all packets:
 * that calls the endpoint without the executor's contract in between, which is cheaper and which the endpoint permits.
 */
export async function deliverPackets(chain, endpoints, multicall, packets) {
  const transactions = [];
  for (const dvn of endpoints.dvns) {
    const instructions = await Promise.all(packets.map((packet) => instruction(endpoints, dvn, packet)));
    const done = await chain.call(dvn, "execute", [instructions]);
    if (events(done, RECEIVE, "PayloadVerified").length !== packets.length) throw new Error("a DVN passed over a packet");
    transactions.push(done);
  }
  const commit = ({ header, payloadHash }) => [endpoints.receive, "commitVerification", [header, payloadHash]];
  const receive = ({ origin, receiver, guid, message }) => [endpoints.destination, "lzReceive", [origin, receiver, guid, message, "0x"]];
  if (packets.length === 1) {
    const [{ origin, receiver, guid, message }] = packets;
    transactions.push(await chain.call(...commit(packets[0])));
    const execution = { receiver, origin, guid, message, extraData: "0x", gasLimit: GAS };
    transactions.push(await chain.call(endpoints.executor, "execute302", [execution]));
  } else {
    const calls = packets.flatMap((packet) => [commit(packet), receive(packet)]);
    const inner = calls.map(([{ address, abi }, name, args]) =>
      ({ target: address, allowFailure: false, callData: encode(abi, name, args) }));
    transactions.push(await chain.call(multicall, "aggregate3", [inner]));
  }
  return transactions;
}
