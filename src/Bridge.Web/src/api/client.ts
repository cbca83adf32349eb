import { Problem, toProblem } from "./problem.ts";

const TIMEOUT_MILLISECONDS = 15_000;
const DOWNLOAD_MILLISECONDS = 600_000;
const LONGEST_PATIENCE_SECONDS = 10;

/** @param bearer an API key, where one is needed @throws Problem for every answer that is not a success, and when nothing answers */
export async function getJson<T>(path: string, signal?: AbortSignal, bearer?: string): Promise<T> {
  return readJson<T>(await ask(path, { headers: authorization(bearer), ...(signal && { signal }) }));
}

/** A file, as it was served. @throws Problem */
export async function getBytes(path: string, bearer?: string): Promise<Uint8Array> {
  const response = await ask(path, { headers: authorization(bearer) }, DOWNLOAD_MILLISECONDS);
  if (!response.ok) throw await toProblem(response);
  return new Uint8Array(await response.arrayBuffer());
}

/** @param key the same for every try of one and the same thing, which then happens once @throws Problem */
export async function postJson<T>(path: string, body: unknown, signal?: AbortSignal, key: string = crypto.randomUUID(), bearer?: string): Promise<T> {
  const headers = { "content-type": "application/json", "idempotency-key": key, ...authorization(bearer) };
  return readJson<T>(await ask(path, { method: "POST", headers, body: JSON.stringify(body), ...(signal && { signal }) }));
}

const authorization = (bearer: string | undefined): Record<string, string> => (bearer ? { authorization: `Bearer ${bearer}` } : {});

async function ask(path: string, init: RequestInit, milliseconds = TIMEOUT_MILLISECONDS): Promise<Response> {
  const timeout = AbortSignal.timeout(milliseconds);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    // The browser keeps answers and asks by their ETag whether they still hold.
    const response = await fetch(path, { ...init, signal, cache: "no-cache" });
    const wait = Number(response.headers.get("retry-after"));
    if (response.status !== 429 || !(wait > 0 && wait <= LONGEST_PATIENCE_SECONDS)) return response;
    await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    return await fetch(path, { ...init, signal, cache: "no-cache" });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Problem(0, "UNREACHABLE", "The API does not answer. Check your connection; what was sent goes on without this page.");
  }
}

async function readJson<T>(response: Response): Promise<T> {
  if (!response.ok) throw await toProblem(response);
  return (await response.json()) as T;
}
