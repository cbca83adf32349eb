/** An answer of the API that is not a success: RFC 9457, or the network's silence. */
export class Problem extends Error {
  constructor(
    /** HTTP status; 0 when nothing answered. */
    readonly status: number,
    /** Stable, such as TRANSFER_NOT_INDEXED. */
    readonly code: string,
    detail: string,
    readonly extensions: Record<string, unknown> = {},
  ) {
    super(detail);
  }

  /** The endpoint is not part of this API, as opposed to something that it does not know. */
  get isMissingEndpoint(): boolean {
    return (this.status === 404 && this.code === "NOT_FOUND") || this.status === 405 || this.status === 501;
  }
}

export async function toProblem(response: Response): Promise<Problem> {
  const body: Record<string, unknown> = await response.json().catch(() => ({}));
  const text = [body.title, body.detail].filter((part) => typeof part === "string" && part.length > 0).join(": ");
  return new Problem(response.status, typeof body.code === "string" ? body.code : "", text || `The API answered ${response.status}.`, body);
}
