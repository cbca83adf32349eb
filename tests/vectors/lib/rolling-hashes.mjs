import { address, below, uint } from "./random.mjs";
import { encode, fold, laneId } from "./wire.mjs";

const MAX_64 = (1n << 64n) - 1n;

function lane(ends, count) {
  const messages = [];
  for (let i = 0; i < count; i++) {
    const recipient = address();
    const amount = uint(96);
    messages.push(encode({ kind: 1 + (i % 2), assetId: uint(32), recipient, amount, fee: below(amount + 1n), sender: address() }));
  }
  const id = laneId(ends);
  const hashes = [];
  for (const wire of messages) hashes.push(fold(hashes.at(-1) ?? id, wire));
  return {
    sourceChainId: String(ends.sourceChainId), sourceBridge: ends.sourceBridge,
    destinationChainId: String(ends.destinationChainId), destinationBridge: ends.destinationBridge,
    laneId: id, messages, hashes,
  };
}

export function rollingHashes() {
  const bridge = address();
  const ends = (a, b, x = bridge, y = bridge) => ({ sourceChainId: a, sourceBridge: x, destinationChainId: b, destinationBridge: y });
  return {
    format: "laneId of a lane, its messages in order as wire bytes, and hashes[i] = the rolling hash after messages[i], which is also that "
      + "message's id. hashes of the lane before its first message is laneId.",
    lanes: [
      lane(ends(1n, 10n), 3), lane(ends(10n, 1n), 3), lane(ends(31337n, 31338n), 130), lane(ends(918001n, 918002n, address(), address()), 17),
      lane(ends(42161n, 8453n), 0), lane(ends(MAX_64, 1n, address(), address()), 2),
    ],
  };
}
