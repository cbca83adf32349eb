// The configuration of a deployment: read, checked and completed, or refused with the key's name.
import { readFileSync } from "node:fs";
import { isAddress } from "viem";
import { Refused } from "./refused.mjs";

const keys = {
  top: ["chains", "validators", "threshold", "assets", "admin", "salt"],
  chain: ["name", "rpc", "chainId"],
  asset: ["id", "name", "symbol", "decimals", "home", "token", "minimumFee"],
};

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
  const salt = config.salt ?? "bridge";
  need(typeof salt === "string", "salt must be a text");
  return { chains, assets, validators, threshold: config.threshold, admin, salt };
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
  need(Number.isInteger(asset.id) && asset.id >= 1 && asset.id <= 0xffffffff, `${where}.id must be a whole number from 1 to 4294967295`);
  for (const key of ["name", "symbol"]) need(typeof asset[key] === "string" && asset[key] !== "", `${where}.${key} must be a text`);
  const decimals = asset.decimals;
  need(Number.isInteger(decimals) && decimals >= 0 && decimals <= 36, `${where}.decimals must be a whole number from 0 to 36`);
  need(names.includes(asset.home), `${where}.home must be the name of one of the chains: ${names.join(", ")}`);
  const token = asset.token === undefined ? undefined : address(asset.token, `${where}.token`);
  return { ...asset, token, minimumFee: minimumFee(asset, where) };
}

/** Base units. Where none is given, a thousandth of a whole token: a lane that costs nothing can be filled for nothing. */
function minimumFee(asset, where) {
  if (asset.minimumFee === undefined) return asset.decimals < 3 ? 1n : 10n ** BigInt(asset.decimals - 3);
  need(/^\d+$/.test(asset.minimumFee) && BigInt(asset.minimumFee) < 1n << 128n, `${where}.minimumFee must be base units as a decimal text`);
  return BigInt(asset.minimumFee);
}

function address(value, where) {
  need(typeof value === "string" && isAddress(value), `${where} must be an address, in lower case or with a right checksum`);
  return value.toLowerCase();
}

function list(value, where) {
  need(Array.isArray(value) && value.length > 0, `${where} must be a list with at least one entry`);
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
