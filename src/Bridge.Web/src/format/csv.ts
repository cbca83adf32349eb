import { formatUnits } from "viem";
import { listTransfers, type AmountBody, type Transfer } from "../api/transfers.ts";

const COLUMNS: [string, (transfer: Transfer) => string][] = [
  ["transfer", ({ transferId }) => transferId],
  ["status", ({ status }) => status],
  ["sent at", ({ source }) => source.timestamp],
  ["arrived at", ({ destination }) => destination.timestamp ?? ""],
  ["source", ({ source }) => source.chain],
  ["destination", ({ destination }) => destination.chain],
  ["sender", ({ source }) => source.sender],
  ["recipient", ({ destination }) => destination.recipient],
  ["asset", ({ source }) => source.amount.symbol ?? source.amount.assetId],
  ["amount", ({ source }) => decimal(source.amount)],
  ["fee", ({ source, fee }) => decimal({ ...source.amount, amount: fee.amount })],
  ["received", ({ destination }) => decimal(destination.amount)],
  ["source transaction", ({ source }) => source.txHash],
  ["destination transaction", ({ destination }) => destination.txHash ?? ""],
];

/** RFC 4180. */
export const toCsv = (transfers: Transfer[]) =>
  [COLUMNS.map(([name]) => name), ...transfers.map((transfer) => COLUMNS.map(([, read]) => read(transfer)))].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

/** A token may be called "=1+1": a spreadsheet must not compute what somebody else wrote. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const decimal = ({ amount, decimals }: AmountBody) => (decimals === undefined ? amount : formatUnits(BigInt(amount), decimals));

const PAGE = "500";
const MOST = 20_000;

/** Saves all transfers of a filter. @param say is told how many are read @throws Problem */
export async function downloadCsv(filter: Record<string, string>, say: (what: string) => void): Promise<void> {
  const transfers: Transfer[] = [];
  let cursor = "";
  do {
    const page = await listTransfers({ ...filter, limit: PAGE, cursor });
    transfers.push(...page.transfers);
    cursor = page.next ?? "";
    say(`${transfers.length} read…`);
  } while (cursor !== "" && transfers.length < MOST);
  save(toCsv(transfers));
  say(cursor === "" ? `${transfers.length} saved.` : `The newest ${transfers.length} saved; narrow the filter for the others.`);
}

function save(text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = `transfers-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
