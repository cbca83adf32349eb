/** What this browser sent, so that its page says something before anybody has read the block. Nothing depends on it. */
export interface Recent { hash: string; chain: string; destination: string; text: string; at: string }

const KEY = "bridge.sent";
const KEPT = 20;

export function recentTransfers(): Recent[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]") as Recent[];
  } catch {
    return []; // Somebody else's data under our key: as good as none.
  }
}

export const rememberTransfer = (sent: Recent) => localStorage.setItem(KEY, JSON.stringify([sent, ...recentTransfers()].slice(0, KEPT)));
