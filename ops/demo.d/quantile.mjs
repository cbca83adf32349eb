/** The nearest-rank quantile; NaN of nothing. Pure. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? NaN : sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)];
}
