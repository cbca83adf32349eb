// CCIP 1.6 deployed: a lane from a pool that locks to one that mints, messages out of order, no RMN signatures, no proxies.
import { pad, padHex } from "viem";
import { separate } from "./artifacts.mjs";
import { UNLIMITED, deployToken } from "./rows.mjs";

const PACKAGE = "@chainlink/contracts-ccip";
const of = (version, name) => separate(`${PACKAGE}/abi/${version}/${name}.json`, `${PACKAGE}/bytecode/${version}/${name}.bin`);
export const OFF_RAMP = of("v1_6_0", "offramp");
export const SOURCE = 5_009_297_550_715_157_269n;
export const DESTINATION = 15_971_525_489_660_198_786n;
export const DIGEST = padHex("0x01", { dir: "right", size: 32 });
const NOBODY = "0x0000000000000000000000000000000000000000";
const SOMEBODY = "0x0000000000000000000000000000000000000001";
const ETHER = 10n ** 18n;
const NO_LIMIT = { isEnabled: false, capacity: 0n, rate: 0n };

/** What stands on either chain. */
async function deployBase(chain, selector) {
  const rmn = await chain.deploy(of("v1_6_0", "rmn_remote"), [selector, NOBODY]);
  const registry = await chain.deploy(of("v1_5_0", "token_admin_registry"));
  const nonces = await chain.deploy(of("v1_6_0", "nonce_manager"), [[]]);
  const router = await chain.deploy(of("v1_2_0", "router"), [SOMEBODY, rmn.address]);
  return { rmn, registry, nonces, router };
}

async function deployFees(chain, link) {
  const config = {
    isEnabled: true, maxNumberOfTokensPerMsg: 1, maxDataBytes: 30_000, maxPerMsgGasLimit: 3_000_000, destGasOverhead: 300_000,
    destGasPerPayloadByteBase: 16, destGasPerPayloadByteHigh: 40, destGasPerPayloadByteThreshold: 3_000, destDataAvailabilityOverheadGas: 0,
    destGasPerDataAvailabilityByte: 0, destDataAvailabilityMultiplierBps: 0, chainFamilySelector: "0x2812d52c", enforceOutOfOrder: false,
    defaultTokenFeeUSDCents: 25, defaultTokenDestGasOverhead: 90_000, defaultTxGasLimit: 200_000, gasMultiplierWeiPerEth: ETHER,
    gasPriceStalenessThreshold: 0, networkFeeUSDCents: 10,
  };
  const fees = await chain.deploy(of("v1_6_3", "fee_quoter"), [
    { maxFeeJuelsPerMsg: 10n ** 24n, linkToken: link.address, tokenPriceStalenessThreshold: 10 ** 9 },
    [chain.relayer.address], [link.address], [], [],
    [{ token: link.address, premiumMultiplierWeiPerEth: ETHER }], [{ destChainSelector: DESTINATION, destChainConfig: config }],
  ]);
  await chain.call(fees, "updatePrices", [{
    tokenPriceUpdates: [{ sourceToken: link.address, usdPerToken: 15n * ETHER }],
    gasPriceUpdates: [{ destChainSelector: DESTINATION, usdPerUnitGas: 10n ** 9n }],
  }]);
  return fees;
}

async function deployPool(chain, { rmn, router, registry }, name, token) {
  const pool = await chain.deploy(of("v1_6_1", name), [token.address, 18, [], rmn.address, router.address]);
  await chain.call(registry, "proposeAdministrator", [token.address, chain.relayer.address]);
  await chain.call(registry, "acceptAdminRole", [token.address]);
  await chain.call(registry, "setPool", [token.address, pool.address]);
  return pool;
}

const connectPool = (chain, pool, selector, remote, remoteToken) => chain.call(pool, "applyChainUpdates", [[], [{
  remoteChainSelector: selector, remotePoolAddresses: [pad(remote.address)], remoteTokenAddress: pad(remoteToken.address),
  outboundRateLimiterConfig: NO_LIMIT, inboundRateLimiterConfig: NO_LIMIT,
}]]);

async function deployOnRamp(chain, { rmn, registry, nonces, router }, fees) {
  const fixed = { chainSelector: SOURCE, rmnRemote: rmn.address, nonceManager: nonces.address, tokenAdminRegistry: registry.address };
  const changing = {
    feeQuoter: fees.address, reentrancyGuardEntered: false, messageInterceptor: NOBODY, feeAggregator: SOMEBODY, allowlistAdmin: SOMEBODY,
  };
  const towards = { destChainSelector: DESTINATION, router: router.address, allowlistEnabled: false };
  const ramp = await chain.deploy(of("v1_6_0", "onramp"), [fixed, changing, [towards]]);
  await chain.call(router, "applyRampUpdates", [[{ destChainSelector: DESTINATION, onRamp: ramp.address }], [], []]);
  await chain.call(nonces, "applyAuthorizedCallerUpdates", [{ addedCallers: [ramp.address], removedCallers: [] }]);
  return ramp;
}

async function deployOffRamp(chain, { rmn, registry, nonces, router }, onRamp, fees, oracles, F) {
  const fixed = {
    chainSelector: DESTINATION, gasForCallExactCheck: 5_000, rmnRemote: rmn.address, tokenAdminRegistry: registry.address,
    nonceManager: nonces.address,
  };
  const changing = { feeQuoter: fees.address, permissionLessExecutionThresholdSeconds: 3_600, messageInterceptor: NOBODY };
  const source = {
    router: router.address, sourceChainSelector: SOURCE, isEnabled: true, isRMNVerificationDisabled: true, onRamp: pad(onRamp.address),
  };
  const ramp = await chain.deploy(OFF_RAMP, [fixed, changing, [source]]);
  const addresses = oracles.map(({ address }) => address);
  const config = { configDigest: DIGEST, F, signers: addresses, transmitters: [chain.relayer.address] };
  await chain.call(ramp, "setOCR3Configs", [[
    { ...config, ocrPluginType: 0, isSignatureVerificationEnabled: true },
    { ...config, ocrPluginType: 1, isSignatureVerificationEnabled: false },
  ]]);
  await chain.call(router, "applyRampUpdates", [[], [], [{ sourceChainSelector: SOURCE, offRamp: ramp.address }]]);
  return ramp;
}

export async function deployLane(chain, oracles, F) {
  const [source, destination] = [await deployBase(chain, SOURCE), await deployBase(chain, DESTINATION)];
  const [link, locked] = [await deployToken(chain, chain.user.address), await deployToken(chain, chain.user.address)];
  const token = await deployToken(chain);
  const fees = await deployFees(chain, link);
  const from = await deployPool(chain, source, "lock_release_token_pool", locked);
  const to = await deployPool(chain, destination, "burn_mint_token_pool", token);
  await connectPool(chain, from, DESTINATION, to, token);
  await connectPool(chain, to, SOURCE, from, locked);
  const onRamp = await deployOnRamp(chain, source, fees);
  const offRamp = await deployOffRamp(chain, destination, onRamp, fees, oracles, F);
  for (const paid of [link, locked]) await chain.call(paid, "approve", [source.router.address, UNLIMITED], { from: chain.user });
  return { router: source.router, link, locked, token, pool: from, onRamp, offRamp };
}
