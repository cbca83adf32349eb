// What a deployment consists of, what of it is missing, and how it is described.
import { encodeFunctionData, parseAbiItem } from "viem";
import { AccessManager, Bridge, BridgedToken, FaultProofs, Intents, Settings, TestToken } from "./artifacts.mjs";
import { call } from "./call.mjs";
import { addressOf, ensure, ensureProxy, saltOf } from "./create2.mjs";
import { highestFees, lowestFees, minimumFees } from "./fees.mjs";
import { Refused } from "./refused.mjs";
import { adminDelay, borrowed, delayAdmin, missingRoles } from "./roles.mjs";

const LOCK = 1;
const MINT = 2;
const NATIVE = 3;
const modeName = { [LOCK]: "lock", [MINT]: "mint", [NATIVE]: "native" };
const NO_LIMIT = { capacity: 0n, period: 0 };

function manager(d) {
  const salt = saltOf(d.salt, "manager");
  const initCode = AccessManager.initCode([d.admin]);
  return { what: "AccessManager", salt, initCode, address: addressOf(salt, initCode) };
}

/** Keeps nothing and knows nobody, so its address says what its code is: the same one for every deployment. */
function settings() {
  const salt = saltOf("settings");
  const initCode = Settings.initCode([]);
  return { what: "Settings", salt, initCode, address: addressOf(salt, initCode) };
}

function bridge(d) {
  const salt = saltOf(d.salt, "bridge");
  const initCode = Bridge.initCode([manager(d).address, settings().address, d.validators, d.threshold]);
  return { what: "Bridge", salt, initCode, address: addressOf(salt, initCode) };
}

function intents(d) {
  const salt = saltOf(d.salt, "intents");
  const initCode = Intents.initCode([bridge(d).address, d.permit2]);
  return { what: "Intents", salt, initCode, address: addressOf(salt, initCode) };
}

function faultProofs(d) {
  const salt = saltOf(d.salt, "fault proofs");
  const initCode = FaultProofs.initCode([bridge(d).address]);
  return { what: "FaultProofs", salt, initCode, address: addressOf(salt, initCode) };
}

/** The asset's token on a chain; without init code where it exists already. */
function token(d, asset, chain) {
  const atHome = asset.home === chain.name;
  if (atHome && asset.token) return { mode: asset.native ? NATIVE : LOCK, address: asset.token };
  const salt = saltOf(d.salt, "asset", asset.id);
  const initCode = atHome
    ? TestToken.initCode([asset.name, asset.symbol, asset.decimals])
    : BridgedToken.initCode([manager(d).address, bridge(d).address, asset.limit, asset.name, asset.symbol, asset.decimals]);
  const what = `${asset.symbol} (${atHome ? "test token" : "bridged token"})`;
  return { mode: atHome ? LOCK : MINT, what, salt, initCode, address: addressOf(salt, initCode) };
}

export async function deployContracts(chain, d) {
  const steps = await ensureProxy(chain);
  const tokens = d.assets.map((asset) => token(d, asset, chain));
  for (const c of [manager(d), settings(), bridge(d), intents(d), faultProofs(d), ...tokens]) {
    if (c.initCode) steps.push(...(await ensure(chain, c.what, c.salt, c.initCode)));
    else if (!(await chain.hasCode(c.address))) throw new Refused(`${chain.name}: there is no token at ${c.address}`);
  }
  return steps;
}

/** All configuration that a chain lacks, in one transaction: its lanes are open all at once or not at all. */
export async function configure(chain, d) {
  const { address } = manager(d);
  const missing = [...(await missingLanes(chain, d)), ...(await missingAssets(chain, d)), ...(await missingFees(chain, d))];
  const members = { guardians: d.guardians, feeOracles: d.feeOracles, forwarders: [intents(d).address] };
  missing.push(...(await missingRoles(chain, members, address, bridge(d).address)));
  const delay = await adminDelay(chain, address, d.admin);
  if (delay !== d.delay) missing.push(delayAdmin(address, d.admin, d.delay));
  if (missing.length === 0) return [];
  if (delay > 0) {
    const list = missing.map((m) => `- ${m.what}`).join("\n");
    throw new Refused(`${chain.name}: whatever the admin ${d.admin} does waits ${delay} s, so this must be scheduled on its AccessManager, ${address}:\n${list}`);
  }
  await chain.transact(`configuring the Bridge (is ${chain.deployer} the admin of ${address}?)`, {
    to: address,
    data: encodeFunctionData({ abi: AccessManager.abi, functionName: "multicall", args: [missing.map((m) => asAdmin(address, m))] }),
  });
  return missing.map((m) => `${chain.name}: ${m.what}`);
}

const asAdmin = (managerAddress, { target, data }) =>
  target === managerAddress ? data : encodeFunctionData({ abi: AccessManager.abi, functionName: "execute", args: [target, data] });

async function missingAssets(chain, d) {
  const at = bridge(d).address;
  const missing = [];
  for (const asset of d.assets) {
    const { mode, address } = token(d, asset, chain);
    const found = await chain.read(at, Bridge, "asset", [asset.id]);
    if (found.mode === 0) {
      const what = `registered asset ${asset.id}, ${asset.symbol}, to ${modeName[mode]}`;
      missing.push(call(at, Bridge, "registerAsset", [asset.id, address, mode, mode === MINT ? NO_LIMIT : asset.limit], what));
    } else if (found.mode !== mode || found.token.toLowerCase() !== address) {
      const [is, should] = [`${found.token}, to ${modeName[found.mode]}`, `${address}, to ${modeName[mode]}`];
      throw new Refused(`${chain.name}: asset ${asset.id} is registered as ${is}; the configuration says ${should}`);
    }
    missing.push(...(await missingGuards(chain, at, asset)));
  }
  return missing;
}

/** What there is already stays as it is: it may have been changed for a reason since. */
async function missingGuards(chain, at, { id, symbol, outboundLimit, hold }) {
  const missing = [];
  const [{ capacity }] = await chain.read(at, Bridge, "outboundLimit", [id]);
  if (outboundLimit && capacity === 0n) {
    const what = `limited what leaves of ${symbol} to ${outboundLimit.capacity} in ${outboundLimit.period} s`;
    missing.push(call(at, Bridge, "setOutboundLimit", [id, outboundLimit], what));
  }
  const [threshold] = await chain.read(at, Bridge, "hold", [id]);
  if (hold && threshold === 0n) {
    const what = `had more than ${hold.threshold} of ${symbol} wait for ${hold.seconds} s`;
    missing.push(call(at, Bridge, "setHold", [id, hold.threshold, hold.seconds], what));
  }
  return missing;
}

async function missingFees(chain, d) {
  const at = bridge(d).address;
  const missing = [];
  for (const asset of d.assets) {
    const fees = minimumFees(asset.minimumFee);
    for (const other of d.chains.filter((c) => c !== chain)) {
      const route = [asset.id, BigInt(other.chainId)];
      const [, set] = await chain.read(at, Bridge, "minimumFees", route);
      if (set) continue; // fee oracles may have moved them
      const where = `of ${asset.symbol} to ${other.name}`;
      missing.push(call(at, Bridge, "setFeeBounds", [...route, lowestFees(fees), highestFees(fees)], `bounded the minimum fees ${where}`));
      missing.push(call(at, Bridge, "setMinimumFees", [...route, fees], `set the minimum fee ${where} to ${asset.minimumFee}`));
    }
  }
  return borrowed(chain, manager(d).address, at, "setMinimumFees", missing);
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
    intents: intents(d).address,
    faultProofs: faultProofs(d).address,
    deployBlock: await firstBlock(chain, at),
    assets: d.assets.map((asset) => {
      const { mode, address } = token(d, asset, chain);
      const { id, name, symbol, decimals } = asset;
      const limit = { capacity: String(asset.limit.capacity), period: asset.limit.period };
      return { id, token: address, mode: modeName[mode], name, symbol, decimals, limit, minimumFee: String(asset.minimumFee) };
    }),
  })));
  const epoch = Number(await d.chains[0].read(at, Bridge, "epoch"));
  const { validators, threshold, delay, guardians } = d;
  const addresses = {
    bridge: at, accessManager: manager(d).address, intents: intents(d).address, faultProofs: faultProofs(d).address, permit2: d.permit2,
  };
  return { ...addresses, chains, validators, threshold, epoch, delay, guardians };
}
