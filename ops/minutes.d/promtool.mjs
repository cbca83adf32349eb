// What Prometheus itself says of a scrape.
import { spawnSync } from "node:child_process";

/** @throws with every complaint, when it does not read as metrics should */
export function promtool(text) {
  const { status, stdout, stderr, error } = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`promtool check metrics: ${stdout}${stderr}`);
}
