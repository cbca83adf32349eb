import { listTransfers, type Transfer } from "../api/transfers.ts";
import { secondsBetween } from "../format/time.ts";

/** How long the lane's last transfers took from their block to their arrival, in seconds. */
export interface Eta { p50: number; p95: number; of: number }

const MEASURED = 100;

/** Null when nothing has arrived on this lane yet. @throws Problem */
export async function measureLane(source: string, destination: string, signal: AbortSignal): Promise<Eta | null> {
  const { transfers } = await listTransfers({ source, destination, status: "DONE", limit: String(MEASURED) }, signal);
  return percentiles(transfers);
}

export function percentiles(transfers: Transfer[]): Eta | null {
  const took = transfers.flatMap(({ source, destination }) => (destination.timestamp ? [secondsBetween(source.timestamp, destination.timestamp)] : [])).sort((a, b) => a - b);
  if (took.length === 0) return null;
  const at = (share: number) => took[Math.min(took.length - 1, Math.ceil(share * took.length) - 1)]!;
  return { p50: at(0.5), p95: at(0.95), of: took.length };
}
