// What the transactions cost, by their receipts.

/** @returns for each lane: messages, deliveries, gas of one `send`, gas of the deliveries per transfer; the latter two rounded */
export async function readGas(chains, lanes, sends) {
  const [there, back] = lanes;
  return [await ofLane(there, chains.alpha, chains.beta, sends.alpha), await ofLane(back, chains.beta, chains.alpha, sends.beta)];
}

async function ofLane(lane, source, destination, sends) {
  const sending = await total(source, sends);
  const delivering = await total(destination, [...new Set(lane.delivered.map((d) => d.transaction))]);
  const messages = lane.delivered.reduce((count, { first, last }) => count + last - first + 1, 0);
  return { name: lane.name, messages, deliveries: lane.delivered.length, perSend: sending / (sends.length || 1), perTransfer: delivering / (messages || 1) };
}

async function total({ client }, hashes) {
  const receipts = await Promise.all(hashes.map((hash) => client.getTransactionReceipt({ hash })));
  return receipts.reduce((sum, receipt) => sum + Number(receipt.gasUsed), 0);
}
