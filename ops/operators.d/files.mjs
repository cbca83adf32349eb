// Where things are, and what the source says that the operators' files must agree with.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const read = (path) => readFileSync(join(root, path), "utf8");
export const list = (folder, end) => readdirSync(join(root, folder)).filter((name) => name.endsWith(end)).sort();

/** Every object of a YAML file. @throws when it does not parse, or repeats a key */
export function yaml(path) {
  return parseAllDocuments(read(path), { merge: true, uniqueKeys: true }).map((document) => {
    if (document.errors.length > 0) throw new Error(`${path}: ${document.errors[0].message}`);
    return document.toJS();
  });
}

const sources = readdirSync(join(root, "src"), { recursive: true })
  .filter((path) => path.endsWith(".cs") && !/(^|\/)(obj|bin)\//.test(path))
  .map((path) => read(join("src", path)));
const source = sources.join("\n");

/** Names of the metrics that any process answers. */
export const metrics = new Set([...source.matchAll(/"(bridge_[a-z_]+)"/g)].map((match) => match[1]));
/** Names under which the source counts. */
export const counters = [...source.matchAll(/CreateCounter<\w+>\(\s*"([^"]*)"/g)].map((match) => match[1]);
/** What it times: the names of the series carry what is behind. */
export const histograms = [...source.matchAll(/CreateHistogram<\w+>\(\s*"([^"]*)"/g)].flatMap((match) => ["bucket", "sum", "count"].map((end) => `${match[1]}_${end}`));
/** Whether the source has the text as a string of its own, such as a label. */
export const quoted = (text) => source.includes(`"${text}"`);
/** Whether the source has the name, such as a member of an enum. */
export const named = (name) => new RegExp(`\\b${name}\\b`).test(source);

export const haltCodes = [...read("src/Bridge.Store/Directory/HaltCodes.cs").matchAll(/const string \w+ = "([A-Z_]+)"/g)].map((match) => match[1]);
export const holdReasons = [...read("src/Bridge.Core/Transfers/DeferralCause.cs").matchAll(/=> "([A-Z]+_[A-Z_]+)"/g)].map((match) => match[1]);
export const roles = [...read("src/Bridge.Relayer/Configuration/Roles.cs").matchAll(/const string \w+ = "([a-z]+)"/g)].map((match) => match[1]);

/** Paths that the API answers under /healthz, and the nodes' /metrics. */
export const healthPaths = new Set([
  ...[...read("src/Bridge.Api/Health/HealthEndpoints.cs").matchAll(/MapGet\("(\/\w+)"/g)].map((match) => `/healthz${match[1]}`),
  ...[...read("src/Bridge.Relayer/Metrics/MetricsServer.cs").matchAll(/MapGet\("(\/\w+)"/g)].map((match) => match[1]),
]);

const settings = JSON.parse(read("appsettings.json").replace(/^\s*\/\/.*$/gm, ""));

/** Whether appsettings.json documents a key, spelled as in the environment: Bridge__Executor__Keystore. */
export function isSetting(name) {
  let at = settings;
  for (const part of name.split("__")) {
    if (at === null || typeof at !== "object" || !(part in at)) return false;
    at = at[part];
  }
  return true;
}

/** The alerting rules of Prometheus, by name. */
export const alerts = yaml("ops/prometheus/rules.yml")[0].groups.flatMap((group) => group.rules);

/** What a program printed; throws with all of it when it fails. */
export function run(program, ...words) {
  try {
    return execFileSync(program, words, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw new Error(`${program} ${words.join(" ")}: ${error.stdout ?? ""}${error.stderr ?? error.message}`);
  }
}
