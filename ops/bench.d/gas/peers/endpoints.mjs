// LayerZero V2 between two endpoints, with its default libraries, verifier networks (DVNs) and executor, and the least fees it takes.
import { artifact } from "./artifacts.mjs";

const lib = (path) => artifact(`@layerzerolabs/lz-evm-messagelib-v2/artifacts/contracts/${path}.json`);
export const ENDPOINT = artifact("@layerzerolabs/lz-evm-protocol-v2/artifacts/contracts/EndpointV2.sol/EndpointV2.json");
export const RECEIVE = lib("uln/uln302/ReceiveUln302.sol/ReceiveUln302");
const SEND = lib("uln/uln302/SendUln302.sol/SendUln302");
const DVN = lib("uln/dvn/DVN.sol/DVN");
const [PRICES, DVN_FEES] = [lib("PriceFeed.sol/PriceFeed"), lib("uln/dvn/DVNFeeLib.sol/DVNFeeLib")];
export const EXECUTOR = lib("Executor.sol/Executor");
const EXECUTOR_FEES = lib("ExecutorFeeLib.sol/ExecutorFeeLib");

export const SOURCE = 30_101;
export const DESTINATION = 30_102;
export const VID = 102;
const CONFIRMATIONS = 15n;
const ETHER = 10n ** 18n;
const NOBODY = "0x0000000000000000000000000000000000000001";

async function deployPrices(chain) {
  const prices = await chain.deploy(PRICES);
  await chain.call(prices, "initialize", [chain.relayer.address]);
  const price = { priceRatio: 10n ** 20n, gasPriceInUnit: 1_000_000n, gasPerByte: 16 };
  await chain.call(prices, "setPrice", [[{ eid: DESTINATION, price }]]);
  await chain.call(prices, "setNativeTokenPriceUSD", [3_000n * 10n ** 20n]);
  return prices.address;
}

async function deployExecutor(chain, endpoint, libraries, prices) {
  const executor = await chain.deploy(EXECUTOR);
  const fees = await chain.deploy(EXECUTOR_FEES, [SOURCE, ETHER]);
  await chain.call(executor, "initialize", [endpoint.address, NOBODY, libraries, prices, chain.relayer.address, [chain.relayer.address]]);
  await chain.call(executor, "setWorkerFeeLib", [fees.address]);
  const config = {
    dstEid: DESTINATION, lzReceiveBaseGas: 60_000n, lzComposeBaseGas: 0n, multiplierBps: 0, floorMarginUSD: 0n, nativeCap: ETHER,
  };
  await chain.call(executor, "setDstConfig", [[config]]);
  return executor;
}

async function deployDvn(chain, { quorum, members }, send, receive, prices) {
  const addresses = members.map(({ address }) => address);
  const libraries = [send.address, receive.address];
  const dvn = await chain.deploy(DVN, [DESTINATION, VID, libraries, prices, addresses, BigInt(quorum), [chain.relayer.address]]);
  const fees = await chain.deploy(DVN_FEES, [SOURCE, ETHER]);
  await chain.call(dvn, "setWorkerFeeLib", [fees.address]);
  await chain.call(dvn, "setDstConfig", [[{ dstEid: DESTINATION, gas: 100_000n, multiplierBps: 0, floorMarginUSD: 0n }]]);
  return { ...dvn, quorum, members };
}

/** @param committees of the required DVNs: { quorum, members } each */
export async function deployEndpoints(chain, committees) {
  const owner = chain.relayer.address;
  const [source, destination] = [await chain.deploy(ENDPOINT, [SOURCE, owner]), await chain.deploy(ENDPOINT, [DESTINATION, owner])];
  const send = await chain.deploy(SEND, [source.address, 0n, 0n]);
  const receive = await chain.deploy(RECEIVE, [destination.address]);
  const prices = await deployPrices(chain);
  const paid = await deployExecutor(chain, source, [send.address], prices);
  const executor = await deployExecutor(chain, destination, [], prices);
  const dvns = [];
  for (const committee of committees) dvns.push(await deployDvn(chain, committee, send, receive, prices));
  const requiredDVNs = dvns.map(({ address }) => address).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const config = {
    confirmations: CONFIRMATIONS, requiredDVNCount: dvns.length, optionalDVNCount: 0, optionalDVNThreshold: 0, requiredDVNs,
    optionalDVNs: [],
  };
  await chain.call(send, "setDefaultUlnConfigs", [[{ eid: DESTINATION, config }]]);
  await chain.call(send, "setDefaultExecutorConfigs", [[{ eid: DESTINATION, config: { maxMessageSize: 10_000, executor: paid.address } }]]);
  await chain.call(receive, "setDefaultUlnConfigs", [[{ eid: SOURCE, config }]]);
  await chain.call(source, "registerLibrary", [send.address]);
  await chain.call(source, "setDefaultSendLibrary", [DESTINATION, send.address]);
  await chain.call(destination, "registerLibrary", [receive.address]);
  await chain.call(destination, "setDefaultReceiveLibrary", [SOURCE, receive.address, 0n]);
  return { source, destination, receive, dvns, executor, confirmations: CONFIRMATIONS };
}
