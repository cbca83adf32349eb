// Which messages were paid out, and how often: the Bridge's events held against the token's own, transaction by transaction.

/**
 * @returns {{ times: Map<number, number>, strays: number, faults: string[] }} how often each sequence was paid to its
 *   recipient (never 0), and how many payments there were that belong to no message
 */
export function settle(lane, messages) {
  const claims = groupByTransaction(claimsOf(lane));
  const payouts = groupByTransaction(lane.payouts.filter((payout) => payout.amount > 0n));
  const judged = [...new Set([...claims.keys(), ...payouts.keys()])].map((transaction) =>
    settleTransaction(`${lane.name}: ${transaction}`, claims.get(transaction) ?? [], payouts.get(transaction) ?? [], messages));
  const times = new Map();
  for (const sequence of judged.flatMap((one) => one.paid)) times.set(sequence, (times.get(sequence) ?? 0) + 1);
  return { times, strays: judged.reduce((total, one) => total + one.strays, 0), faults: judged.flatMap((one) => one.faults) };
}

/** @param claims what the Bridge says it took the effect of; @param payouts what the token says was paid */
function settleTransaction(name, claims, payouts, messages) {
  const left = [...payouts];
  const paid = [];
  const faults = [];
  let fees = 0n;
  for (const { sequence } of claims) {
    const message = messages.get(sequence);
    if (!message) {
      faults.push(`${name} delivered sequence ${sequence}, which was never sent`);
      continue;
    }
    const net = message.amount - message.fee;
    const found = left.findIndex((payout) => payout.to === message.recipient && payout.amount === net);
    if (found < 0 && net > 0n) continue;
    if (found >= 0) left.splice(found, 1);
    paid.push(sequence);
    fees += message.fee;
  }
  const earned = left.filter((payout) => payout.to === claims[0]?.collector);
  const earnings = earned.reduce((total, payout) => total + payout.amount, 0n);
  if (earnings !== fees) faults.push(`${name} paid ${earnings} to its deliverer, for fees of ${fees}`);
  return { paid, strays: left.length - earned.length, faults };
}

/** One for each message whose effect a transaction took, with the account that collects its fee. */
function claimsOf(lane) {
  const deferred = new Set(lane.deferred.map((one) => `${one.transaction} ${one.sequence}`));
  const delivered = lane.delivered.flatMap(({ transaction, first, last, deliverer }) =>
    Array.from({ length: last - first + 1 }, (_, i) => ({ transaction, sequence: first + i, collector: deliverer })));
  const retried = lane.retried.map(({ transaction, sequence, caller }) => ({ transaction, sequence, collector: caller }));
  return [...delivered.filter((one) => !deferred.has(`${one.transaction} ${one.sequence}`)), ...retried];
}

function groupByTransaction(items) {
  const groups = new Map();
  for (const item of items) groups.set(item.transaction, [...(groups.get(item.transaction) ?? []), item]);
  return groups;
}
