// What a deployment consists of, what of it is missing, and how it is described.
import { encodeFunctionData, parseAbiItem } from "viem";
import { AccessManager, Bridge, BridgedToken, TestToken } from "./artifacts.mjs";
import { addressOf, ensure, ensureProxy, saltOf } from "./create2.mjs";
import { Refused } from "./refused.mjs";

const LOCK = 1;
const MINT = 2;
const modeName = { [LOCK]: "lock", [MINT]: "mint" };

function manager(d) {
  const salt = saltOf(d.salt, "manager");
  const initCode = AccessManager.initCode([d.admin]);
  return { what: "AccessManager", salt, initCode, address: addressOf(salt, initCode) };
}

function bridge(d) {
  const salt = saltOf(d.salt, "bridge");
  const initCode = Bridge.initCode([manager(d).address, d.validators, d.threshold]);
  return { what: "Bridge", salt, initCode, address: addressOf(salt, initCode) };
}

/** The asset's token on a chain; without init code where it exists already. */
function token(d, asset, chain) {
  const atHome = asset.home === chain.name;
  if (atHome && asset.token) return { mode: LOCK, address: asset.token };
  const salt = saltOf(d.salt, "asset", asset.id);
  const initCode = atHome
    ? TestToken.initCode([asset.name, asset.symbol, asset.decimals])
    : BridgedToken.initCode([manager(d).address, bridge(d).address, asset.name, asset.symbol, asset.decimals]);
  const what = `${asset.symbol} (${atHome ? "test token" : "bridged token"})`;
  return { mode: atHome ? LOCK : MINT, what, salt, initCode, address: addressOf(salt, initCode) };
}

export async function deployContracts(chain, d) {
  const steps = await ensureProxy(chain);
  for (const c of [manager(d), bridge(d), ...d.assets.map((asset) => token(d, asset, chain))]) {
    if (c.initCode) steps.push(...(await ensure(chain, c.what, c.salt, c.initCode)));
    else if (!(await chain.hasCode(c.address))) throw new Refused(`${chain.name}: there is no token at ${c.address}`);
  }
  return steps;
}

/** All configuration that a chain lacks, in one transaction: its lanes are open all at once or not at all. */
export async function configure(chain, d) {
  const missing = [...(await missingAssets(chain, d)), ...(await missingLanes(chain, d))];
  if (missing.length === 0) return [];
  const execute = ({ target, data }) => encodeFunctionData({ abi: AccessManager.abi, functionName: "execute", args: [target, data] });
  await chain.transact(`configuring the Bridge (is ${chain.deployer} the admin of ${manager(d).address}?)`, {
    to: manager(d).address,
    data: encodeFunctionData({ abi: AccessManager.abi, functionName: "multicall", args: [missing.map(execute)] }),
  });
  return missing.map((m) => `${chain.name}: ${m.what}`);
}

const call = (target, { abi }, functionName, args, what) => ({ target, data: encodeFunctionData({ abi, functionName, args }), what });

async function missingAssets(chain, d) {
  const at = bridge(d).address;
  const missing = [];
  for (const asset of d.assets) {
    const { mode, address } = token(d, asset, chain);
    const found = await chain.read(at, Bridge, "asset", [asset.id]);
    if (found.mode === 0) {
      const what = `registered asset ${asset.id}, ${asset.symbol}, to ${modeName[mode]}`;
      missing.push(call(at, Bridge, "registerAsset", [asset.id, address, mode], what));
    } else if (found.mode !== mode || found.token.toLowerCase() !== address) {
      const [is, should] = [`${found.token}, to ${modeName[found.mode]}`, `${address}, to ${modeName[mode]}`];
      throw new Refused(`${chain.name}: asset ${asset.id} is registered as ${is}; the configuration says ${should}`);
    }
    if (mode === MINT && !(await chain.read(address, BridgedToken, "isBridge", [at]))) {
      missing.push(call(address, BridgedToken, "setBridge", [at, true], `let the Bridge mint and burn ${asset.symbol}`));
    }
    for (const other of d.chains.filter((c) => c !== chain)) {
      const [fee, set] = await chain.read(at, Bridge, "minimumFee", [asset.id, BigInt(other.chainId)]);
      if (set && fee === asset.minimumFee) continue;
      const what = `set the minimum fee of ${asset.symbol} to ${other.name} to ${asset.minimumFee}`;
      missing.push(call(at, Bridge, "setMinimumFee", [asset.id, BigInt(other.chainId), asset.minimumFee], what));
    }
  }
  return missing;
}

async function missingLanes(chain, d) {
  const at = bridge(d).address;
  const missing = [];
  for (const other of d.chains.filter((c) => c !== chain)) {
    const [, rollingHash] = await chain.read(at, Bridge, "outbound", [BigInt(other.chainId)]);
    if (BigInt(rollingHash) !== 0n) continue; // its remote can only be this same address: salt and init code are the same
    missing.push(call(at, Bridge, "openLane", [BigInt(other.chainId), at], `opened the lanes to and from ${other.name}`));
  }
  return missing;
}

const LANE_OPENED = parseAbiItem(
  "event LaneOpened(uint256 indexed chainId, address remoteBridge, bytes32 outboundLane, bytes32 inboundLane)");

/** The first block that can hold a message: that of the first lane. */
async function firstBlock(chain, address) {
  const opened = await chain.reader.getLogs({ address, event: LANE_OPENED, fromBlock: "earliest", toBlock: "latest" });
  return Number(opened[0].blockNumber);
}

export async function describe(d) {
  const at = bridge(d).address;
  const chains = await Promise.all(d.chains.map(async (chain) => ({
    name: chain.name,
    chainId: chain.chainId,
    bridge: at,
    deployBlock: await firstBlock(chain, at),
    assets: d.assets.map((asset) => {
      const { mode, address } = token(d, asset, chain);
      const { id, name, symbol, decimals } = asset;
      return { id, token: address, mode: modeName[mode], name, symbol, decimals, minimumFee: String(asset.minimumFee) };
    }),
  })));
  const epoch = Number(await d.chains[0].read(at, Bridge, "epoch"));
  return { bridge: at, accessManager: manager(d).address, chains, validators: d.validators, threshold: d.threshold, epoch };
}
