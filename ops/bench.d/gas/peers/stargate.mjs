// Stargate V2: a bus over LayerZero from a pool to a token that is minted, which costs less than a second pool. Its documents speak
// of two to ten seats; the queue takes more.
import { concat, pad } from "viem";
import { artifact } from "./artifacts.mjs";
import { events } from "./chain.mjs";
import { DESTINATION, SOURCE, deployEndpoints } from "./endpoints.mjs";
import { COMMITTEES } from "./layerzero.mjs";
import { deployMulticall } from "./multicall.mjs";
import { deliverPackets, packetOf } from "./packets.mjs";
import { BATCHES, UNLIMITED, anyTransfers, deployToken, rowsOf } from "./rows.mjs";

const of = (path) => artifact(`@stargatefinance/stg-evm-v2/artifacts/src/${path}.json`);
const MESSAGING = of("messaging/TokenMessaging.sol/TokenMessaging");
const POOL = of("StargatePool.sol/StargatePool");
const FEES = of("feelibs/FeeLibV1.sol/FeeLibV1");
const ASSET = 1;
const SEATS = 200;
const QUEUE = 512;
const FARE = 1n;
const BUS = "0x00";
const NOBODY = "0x0000000000000000000000000000000000000000";

async function deployMessaging(chain, endpoint, stargate) {
  const owner = chain.relayer.address;
  const messaging = await chain.deploy(MESSAGING, [endpoint.address, owner, QUEUE]);
  const fees = await chain.deploy(FEES, [stargate.address]);
  const config = {
    feeLib: fees.address, planner: owner, treasurer: owner, tokenMessaging: messaging.address, creditMessaging: owner, lzToken: NOBODY,
  };
  await chain.call(stargate, "setAddressConfig", [config]);
  await chain.call(messaging, "setAssetId", [stargate.address, ASSET]);
  await chain.call(messaging, "setPlanner", [owner]);
  return messaging;
}

async function deployPool(chain, endpoint) {
  const token = await deployToken(chain, chain.user.address);
  const pool = await chain.deploy(POOL, ["Pool", "POOL", token.address, 18, 6, endpoint.address, chain.relayer.address]);
  const messaging = await deployMessaging(chain, endpoint, pool);
  await chain.call(pool, "setOFTPath", [DESTINATION, true]);
  await chain.call(messaging, "setMaxNumPassengers", [DESTINATION, SEATS]);
  await chain.call(messaging, "setGasLimit", [DESTINATION, 60_000n, 0n]);
  await chain.call(messaging, "setFares", [DESTINATION, FARE, FARE]);
  await chain.call(messaging, "initializeBusQueueStorage", [[DESTINATION], 0, QUEUE - 1]);
  await chain.call(token, "approve", [pool.address, UNLIMITED], { from: chain.user });
  return { pool, messaging };
}

async function deployRoute(chain, endpoints) {
  const { pool, messaging } = await deployPool(chain, endpoints.source);
  const token = await chain.deploy(of("utils/OFTTokenERC20.sol/OFTTokenERC20"), ["Plain", "PLN", 18]);
  const owner = chain.relayer.address;
  const minter = await chain.deploy(of("StargateOFT.sol/StargateOFT"), [token.address, 6, endpoints.destination.address, owner]);
  await chain.call(token, "addMinter", [minter.address]);
  const remote = await deployMessaging(chain, endpoints.destination, minter);
  await chain.call(messaging, "setPeer", [DESTINATION, pad(remote.address)]);
  await chain.call(remote, "setPeer", [SOURCE, pad(messaging.address)]);
  return { pool, messaging, token };
}

async function measureWith(chain, name, committees) {
  const endpoints = await deployEndpoints(chain, committees);
  const multicall = await deployMulticall(chain);
  const { pool, messaging, token } = await deployRoute(chain, endpoints);
  const ride = ({ recipient, amount }) => {
    const param = {
      dstEid: DESTINATION, to: pad(recipient), amountLD: amount, minAmountLD: amount, extraOptions: "0x", composeMsg: "0x", oftCmd: BUS,
    };
    const fee = { nativeFee: FARE, lzTokenFee: 0n };
    return chain.call(pool, "sendToken", [param, fee, chain.user.address], { from: chain.user, value: FARE });
  };
  const drive = async (passengers) => {
    const { nativeFee } = await chain.read(messaging, "quoteDriveBus", [DESTINATION, passengers]);
    return chain.call(messaging, "driveBus", [DESTINATION, passengers], { value: nativeFee });
  };
  let sent;
  const deliver = async (transfers) => {
    const rides = [];
    for (const transfer of transfers) rides.push(await ride(transfer));
    const driven = await drive(concat(rides.map((one) => events(one, MESSAGING, "BusRode")[0].passenger)));
    sent = rides.at(-1).gas + driven.gas / transfers.length; // who rides pays the pool, who drives the bus pays for all
    return deliverPackets(chain, endpoints, multicall, [packetOf(driven)]);
  };
  return rowsOf(chain, `Stargate bus, ${name}`, { token, batches: BATCHES, send: () => sent, deliver });
}

export async function measure(chain) {
  const rows = [];
  for (const [name, committees] of Object.entries(COMMITTEES)) rows.push(...await measureWith(chain, name, committees));
  return rows;
}
