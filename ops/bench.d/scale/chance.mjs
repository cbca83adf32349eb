/** How many come when `mean` are expected, each for itself: Poisson, by the normal distribution where many are. */
export function poisson(random, mean) {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  let count = 0;
  for (let left = Math.exp(-mean), product = random.next(); product > left; product *= random.next()) count++;
  return count;
}

function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** The nearest-rank quantile of [value, how many of it]; NaN of nothing. Pure. */
export function weightedQuantile(pairs, share) {
  const sorted = pairs.toSorted(([a], [b]) => a - b);
  let left = share * sorted.reduce((sum, [, weight]) => sum + weight, 0);
  return sorted.find(([, weight]) => (left -= weight) <= 0)?.[0] ?? NaN;
}
