// The configuration of a deployment: read, checked and completed, or refused with the key's name.
import { readFileSync } from "node:fs";
import { isAddress } from "viem";
import { Refused } from "./refused.mjs";

const keys = {
  top: ["chains", "validators", "threshold", "assets", "admin", "delay", "guardians", "feeOracles", "salt", "permit2"],
  chain: ["name", "rpc", "chainId"],
  asset: ["id", "name", "symbol", "decimals", "home", "token", "native", "limit", "outboundLimit", "hold", "minimumFee"],
  limit: ["capacity", "period"],
  hold: ["threshold", "seconds"],
};
const UINT24 = 2 ** 24 - 1;
const UINT32 = 2 ** 32 - 1;
/** Where Permit2 stands on every chain that has it. */
const PERMIT2 = "0x000000000022d473030f116ddee9f6b43ac78ba3";
/** Bits of a minimum fee that a Bridge keeps, and how large the fee of a call may be. */
const FEE_MANTISSA = 36;
const FEE_LIMIT = 1n << 120n;

export function readConfig(path) {
  let config;
  try {
    config = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Refused(`${path}: ${error.message}`);
  }
  try {
    return check(config);
  } catch (error) {
    if (error instanceof Refused) error.message = `${path}: ${error.message}`;
    throw error;
  }
}

function check(config) {
  known(config, keys.top, "the configuration");
  const chains = list(config.chains, "chains").map(checkChain);
  need(chains.length >= 2, "chains must name at least two chains");
  unique(chains.map((c) => c.name), "chains: name");
  const names = chains.map((c) => c.name);
  const assets = list(config.assets, "assets").map((asset, i) => checkAsset(asset, `assets[${i}]`, names));
  unique(assets.map((a) => a.id), "assets: id");
  const validators = list(config.validators, "validators").map((v, i) => address(v, `validators[${i}]`)).sort();
  unique(validators, "validators");
  const least = Math.floor((2 * validators.length) / 3) + 1;
  need(Number.isInteger(config.threshold) && config.threshold >= least && config.threshold <= validators.length,
    `threshold must be a whole number from ${least} (two thirds of ${validators.length}, and one) to ${validators.length}`);
  const admin = config.admin === undefined ? undefined : address(config.admin, "admin");
  const delay = whole(config.delay, 0, UINT32, "delay, which everything that the admin does must wait,", " of seconds");
  const salt = config.salt ?? "bridge";
  need(typeof salt === "string", "salt must be a text");
  const permit2 = config.permit2 === undefined ? PERMIT2 : address(config.permit2, "permit2");
  const [guardians, feeOracles] = [accounts(config, "guardians"), accounts(config, "feeOracles")];
  return { chains, assets, validators, threshold: config.threshold, admin, delay, guardians, feeOracles, salt, permit2 };
}

function accounts(config, key) {
  const found = list(config[key] ?? [], key, 0).map((account, i) => address(account, `${key}[${i}]`));
  unique(found, key);
  return found;
}

function checkChain(chain, i) {
  const where = `chains[${i}]`;
  known(chain, keys.chain, where);
  need(typeof chain.name === "string" && chain.name !== "", `${where}.name must be a text`);
  need(typeof chain.rpc === "string" && URL.canParse(chain.rpc), `${where}.rpc must be an address such as http://127.0.0.1:8545`);
  need(chain.chainId === undefined || Number.isSafeInteger(chain.chainId), `${where}.chainId must be a whole number`);
  return chain;
}

function checkAsset(asset, where, names) {
  known(asset, keys.asset, where);
  whole(asset.id, 1, UINT32, `${where}.id`);
  for (const key of ["name", "symbol"]) need(typeof asset[key] === "string" && asset[key] !== "", `${where}.${key} must be a text`);
  whole(asset.decimals, 0, 36, `${where}.decimals`);
  need(names.includes(asset.home), `${where}.home must be the name of one of the chains: ${names.join(", ")}`);
  const token = asset.token === undefined ? undefined : address(asset.token, `${where}.token`);
  need([undefined, true, false].includes(asset.native), `${where}.native must be true or false`);
  need(!asset.native || token !== undefined, `${where}.token must be the contract that wraps ${asset.home}'s own coin (WETH9 on many chains)`);
  need(!asset.native || asset.decimals === 18, `${where}.decimals must be 18, which a chain's own coin has`);
  return {
    ...asset,
    token,
    limit: limit(asset.limit, `${where}.limit`),
    outboundLimit: asset.outboundLimit === undefined ? undefined : limit(asset.outboundLimit, `${where}.outboundLimit`),
    hold: asset.hold === undefined ? undefined : hold(asset.hold, `${where}.hold`),
    minimumFee: minimumFee(asset, where),
  };
}

function limit(value, where) {
  need(value !== undefined, `${where} is missing: {"capacity": "base units", "period": seconds}, what may pass at once and how fast that fills again`);
  known(value, keys.limit, where);
  return { capacity: amount(value.capacity, 1n, `${where}.capacity`), period: whole(value.period, 1, UINT32, `${where}.period`, " of seconds") };
}

function hold(value, where) {
  known(value, keys.hold, where);
  return { threshold: amount(value.threshold, 1n, `${where}.threshold`), seconds: whole(value.seconds, 0, UINT24, `${where}.seconds`) };
}

/** Where none is given, a thousandth of a whole token: a lane that costs nothing can be filled for nothing. */
function minimumFee(asset, where) {
  if (asset.minimumFee === undefined) return asset.decimals < 3 ? 1n : exactFee(10n ** BigInt(asset.decimals - 3));
  const fee = amount(asset.minimumFee, 0n, `${where}.minimumFee`);
  need(fee < FEE_LIMIT, `${where}.minimumFee must be below 2^120`);
  need(exactFee(fee) === fee, `${where}.minimumFee must have at most ${FEE_MANTISSA} significant bits; ${exactFee(fee)} would do`);
  return fee;
}

/** The greatest fee that a Bridge can keep and that is not above this one. */
function exactFee(fee) {
  const spare = BigInt(Math.max(0, fee.toString(2).length - FEE_MANTISSA));
  return (fee >> spare) << spare;
}

/** Base units. A text, because a JSON number is exact only up to 2^53. */
function amount(value, least, where) {
  const right = typeof value === "string" && /^\d+$/.test(value) && BigInt(value) >= least && BigInt(value) < 1n << 128n;
  need(right, `${where} must be base units as a decimal text${least ? `, at least ${least}` : ""}`);
  return BigInt(value);
}

function whole(value, least, most, where, unit = "") {
  need(Number.isInteger(value) && value >= least && value <= most, `${where} must be a whole number${unit}, from ${least} to ${most}`);
  return value;
}

function address(value, where) {
  need(typeof value === "string" && isAddress(value), `${where} must be an address, in lower case or with a right checksum`);
  return value.toLowerCase();
}

function list(value, where, least = 1) {
  need(Array.isArray(value) && value.length >= least, `${where} must be a list${least ? " with at least one entry" : ""}`);
  return value;
}

function known(value, allowed, where) {
  need(value !== null && typeof value === "object" && !Array.isArray(value), `${where} must be an object`);
  for (const key of Object.keys(value)) {
    need(allowed.includes(key), `${where} has a key that means nothing here: ${key} (known: ${allowed.join(", ")})`);
  }
}

function unique(values, where) {
  const twice = values.find((v, i) => values.indexOf(v) !== i);
  need(twice === undefined, `${where} ${twice} stands there twice`);
}

function need(condition, message) {
  if (!condition) throw new Refused(message);
}
