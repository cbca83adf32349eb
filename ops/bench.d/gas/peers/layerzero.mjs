// LayerZero V2: a plain OFT, locked at the source and minted at the destination. To batch is its workers' affair, not in its contracts.
import { pad } from "viem";
import { compile } from "./compile.mjs";
import { DESTINATION, SOURCE, deployEndpoints } from "./endpoints.mjs";
import { deployMulticall } from "./multicall.mjs";
import { deliverPackets, packetOf } from "./packets.mjs";
import { BATCHES, UNLIMITED, anyTransfers, deployToken, rowsOf } from "./rows.mjs";
import { FIVE, THRESHOLD, signers } from "./signers.mjs";

const SETTINGS = { optimizer: { enabled: true, runs: 20_000 }, evmVersion: "shanghai" };
const of = (name) => compile(`@layerzerolabs/oft-evm/test/mocks/${name}.sol`, name, SETTINGS);
// Type 3: 80,000 gas for the executor to receive with.
const OPTIONS = "0x00030100110100000000000000000000000000013880";

export const COMMITTEES = {
  "1 DVN of 3/5": [{ quorum: THRESHOLD, members: FIVE }],
  "2 DVNs of 2/3": ["first", "second"].map((name) => ({ quorum: 2, members: signers(3, name) })),
};

async function deployRoute(chain, endpoints) {
  const owner = chain.relayer.address;
  const token = await deployToken(chain, chain.user.address);
  const source = await chain.deploy(of("OFTAdapterMock"), [token.address, endpoints.source.address, owner]);
  const destination = await chain.deploy(of("OFTMock"), ["Plain", "PLN", endpoints.destination.address, owner]);
  await chain.call(source, "setPeer", [DESTINATION, pad(destination.address)]);
  await chain.call(destination, "setPeer", [SOURCE, pad(source.address)]);
  await chain.call(token, "approve", [source.address, UNLIMITED], { from: chain.user });
  return { source, destination };
}

async function measureWith(chain, name, committees) {
  const endpoints = await deployEndpoints(chain, committees);
  const multicall = await deployMulticall(chain);
  const { source, destination } = await deployRoute(chain, endpoints);
  const send = async ({ recipient, amount }) => {
    const param = {
      dstEid: DESTINATION, to: pad(recipient), amountLD: amount, minAmountLD: amount, extraOptions: OPTIONS, composeMsg: "0x", oftCmd: "0x",
    };
    const fee = await chain.read(source, "quoteSend", [param, false]);
    return chain.call(source, "send", [param, fee, chain.user.address], { from: chain.user, value: fee.nativeFee });
  };
  let sent;
  const deliver = async (transfers) => {
    const packets = [];
    for (const transfer of transfers) packets.push(packetOf(sent = await send(transfer)));
    return deliverPackets(chain, endpoints, multicall, packets);
  };
  return rowsOf(chain, `LayerZero OFT, ${name}`, { token: destination, batches: BATCHES, send: () => sent.gas, deliver });
}

export async function measure(chain) {
  const rows = [];
  for (const [name, committees] of Object.entries(COMMITTEES)) rows.push(...await measureWith(chain, name, committees));
  return rows;
}
