import { chainName } from "./deployment.ts";
import { Problem } from "./problem.ts";
import { getTransfer } from "./transfers.ts";

export type Match = { kind: "page"; url: string } | { kind: "several"; links: { url: string; text: string }[] } | { kind: "nothing"; why: string };

/** Where a hash, an id or an account leads. @throws Problem when the API cannot answer */
export async function search(text: string, signal: AbortSignal): Promise<Match> {
  const account = /^(?:eip155:(\d+):)?(0x[0-9a-f]{40})$/i.exec(text);
  if (account) return { kind: "page", url: `/history?account=${account[2]}` };
  if (!/^0x[0-9a-f]{64}$/i.test(text)) return { kind: "nothing", why: "This is neither a hash (0x and 64 digits) nor an account (0x and 40 digits)." };
  try {
    const { transferId } = await getTransfer(text, signal);
    return { kind: "page", url: `/t/${transferId}` };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === "AMBIGUOUS_TRANSACTION") return { kind: "several", links: (error.extensions.transferIds as string[]).map((id) => ({ url: `/t/${id}`, text: id })) };
    if (error.code === "TRANSFER_NOT_INDEXED") return { kind: "nothing", why: `Nothing with this hash is known here. ${readUpTo(error)}` };
    throw error;
  }
}

function readUpTo({ extensions }: Problem): string {
  const heights = Object.entries((extensions.indexedTo ?? {}) as Record<string, string>);
  return heights.length > 0 ? `Read so far: ${heights.map(([chain, height]) => `${chainName(chain)} to block ${height}`).join(", ")}.` : "";
}
