import { formatUnits } from "viem";
import { listTransfers, type Transfer } from "../api/transfers.ts";
import { save } from "./save.ts";

/** A heading, and what stands below it. signed: numbers of ours, which may be below zero. */
export type Column<T> = [name: string, read: (row: T) => string, kind?: "signed"];

const COLUMNS: Column<Transfer>[] = [
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
export const csv = <T>(columns: Column<T>[], rows: T[]) =>
  [columns.map(([name]) => cell(name)), ...rows.map((row) => columns.map(([, read, kind]) => (kind === "signed" ? read(row) : cell(read(row)))))].map((row) => row.join(",")).join("\r\n") + "\r\n";

export const toCsv = (transfers: Transfer[]) => csv(COLUMNS, transfers);

/** A token may be called "=1+1": a spreadsheet must not compute what somebody else wrote. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Base units where the decimals are not known. */
export const decimal = ({ amount, decimals }: { amount: string; decimals?: number }) => (decimals === undefined ? amount : formatUnits(BigInt(amount), decimals));

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
  save(toCsv(transfers), `transfers-${new Date().toISOString().slice(0, 10)}.csv`, "text/csv");
  say(cursor === "" ? `${transfers.length} saved.` : `The newest ${transfers.length} saved; narrow the filter for the others.`);
}
