import { Problem } from "./problem.ts";

export interface Component { component: string; state: string; detail?: string; beatenAt?: string }

export interface Health { status: string; components: Component[] }

/** @throws Problem when nothing answers; a component that stands still is an answer */
export async function readHealth(signal: AbortSignal): Promise<Health> {
  const response = await fetch("/healthz/ready", { signal, cache: "no-cache" }).catch(() => undefined);
  if (!response || ![200, 503].includes(response.status)) throw new Problem(response?.status ?? 0, "UNREACHABLE", "The API does not answer. Transfers go on without it.");
  return (await response.json()) as Health;
}
