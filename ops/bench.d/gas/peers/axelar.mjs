// Axelar: messages approved at the Amplifier gateway by weighted signers, three of five, and executed by the interchain token service.
import { concat, encodeAbiParameters, encodeFunctionData, getContractAddress, keccak256, padHex, toHex } from "viem";
import { artifact } from "./artifacts.mjs";
import { BATCHES, UNLIMITED, anyTransfers, deployToken, rowsOf } from "./rows.mjs";
import { FIVE, THRESHOLD, signatures65 } from "./signers.mjs";

const gmp = (path) => artifact(`@axelar-network/axelar-gmp-sdk-solidity/artifacts/contracts/${path}.json`);
const its = (path) => artifact(`@axelar-network/interchain-token-service/artifacts/contracts/${path}.json`);
const GATEWAY = gmp("gateway/AxelarAmplifierGateway.sol/AxelarAmplifierGateway");
const GATEWAY_PROXY = gmp("gateway/AxelarAmplifierGatewayProxy.sol/AxelarAmplifierGatewayProxy");
const SERVICE = its("InterchainTokenService.sol/InterchainTokenService");
const [MESSAGES, PROOF] = GATEWAY.abi.find(({ name }) => name === "approveMessages").inputs;
const [SIGNERS] = PROOF.components;

const [HERE, THERE, HUB_CHAIN] = ["here", "elsewhere", "axelar"];
const HUB = `axelar1${"q".repeat(58)}`; // as long as the hub's address is
const DOMAIN = keccak256(toHex("domain"));
const SET = { signers: FIVE.map(({ address }) => ({ signer: address, weight: 1n })), threshold: BigInt(THRESHOLD), nonce: padHex("0x01") };
const RECEIVE_FROM_HUB = 4n;
const TRANSFER = 0n;
const TRANSFER_TYPES = ["uint256", "bytes32", "bytes", "bytes", "uint256", "bytes"];
const LOCK_UNLOCK = 2;
const encode = (types, values) => encodeAbiParameters(types.map((type) => (typeof type === "string" ? { type } : type)), values);

async function deployGateway(chain) {
  const owner = chain.relayer.address;
  const logic = await chain.deploy(GATEWAY, [0n, DOMAIN, 0n]);
  const setup = encode(["address", { ...SIGNERS, type: "tuple[]" }], [owner, [SET]]);
  return { ...(await chain.deploy(GATEWAY_PROXY, [logic.address, owner, setup])), abi: GATEWAY.abi };
}

async function deployService(chain, gateway) {
  const owner = chain.relayer.address;
  const nonce = await chain.client.getTransactionCount({ address: owner });
  const address = getContractAddress({ from: owner, nonce: BigInt(nonce) + 6n }); // its parts are told of it before it is there
  const managers = await chain.deploy(its("utils/TokenManagerDeployer.sol/TokenManagerDeployer"));
  const token = await chain.deploy(its("interchain-token/InterchainToken.sol/InterchainToken"), [address]);
  const tokens = await chain.deploy(its("utils/InterchainTokenDeployer.sol/InterchainTokenDeployer"), [token.address]);
  const manager = await chain.deploy(its("token-manager/TokenManager.sol/TokenManager"), [address]);
  const handler = await chain.deploy(its("TokenHandler.sol/TokenHandler"));
  // The relayer stands in for the factory, whose part ends with the deployment of a token, and for the gas service, which is not paid.
  const logic = await chain.deploy(SERVICE, [
    managers.address, tokens.address, gateway.address, owner, owner, HERE, HUB, manager.address, handler.address,
  ]);
  const setup = encode(["address", "string", "string[]"], [owner, HERE, [HUB_CHAIN, THERE]]);
  await chain.deploy(its("proxies/InterchainProxy.sol/InterchainProxy"), [logic.address, owner, setup]);
  return { address, abi: SERVICE.abi };
}

async function deployTokens(chain, service) {
  const [minted, locked] = ["minted", "locked"].map((name) => keccak256(toHex(name)));
  const token = await deployToken(chain, chain.user.address);
  await chain.call(service, "deployInterchainToken", [minted, "", "Plain", "PLN", 18, "0x", 0n]);
  await chain.call(service, "registerCustomToken", [locked, token.address, LOCK_UNLOCK, "0x"]);
  const idOf = (salt) => chain.read(service, "interchainTokenId", [padHex("0x", { size: 20 }), salt]);
  const [mintedId, lockedId] = [await idOf(minted), await idOf(locked)];
  await chain.call(token, "approve", [await chain.read(service, "tokenManagerAddress", [lockedId]), UNLIMITED], { from: chain.user });
  await chain.call(token, "approve", [service.address, UNLIMITED], { from: chain.user });
  return { mintedId, lockedId, token: { ...token, address: await chain.read(service, "registeredTokenAddress", [mintedId]) } };
}

async function approve(chain, gateway, messages) {
  const data = keccak256(encode(["uint8", MESSAGES], [0, messages]));
  const prefix = toHex("\x19Ethereum Signed Message:\n96");
  const hash = keccak256(concat([prefix, DOMAIN, keccak256(encode([SIGNERS], [SET])), data]));
  return chain.call(gateway, "approveMessages", [messages, { signers: SET, signatures: await signatures65(hash) }]);
}

export async function measure(chain) {
  const gateway = await deployGateway(chain);
  const service = await deployService(chain, gateway);
  const { mintedId, lockedId, token } = await deployTokens(chain, service);
  let messages = 0;
  const deliver = async (transfers) => {
    const sent = transfers.map(({ recipient, amount }) => {
      const inner = encode(TRANSFER_TYPES, [TRANSFER, mintedId, chain.user.address, recipient, amount, "0x"]);
      const messageId = `${keccak256(toHex(`message ${messages++}`))}-1`;
      return { messageId, payload: encode(["uint256", "string", "bytes"], [RECEIVE_FROM_HUB, THERE, inner]) };
    });
    const approval = await approve(chain, gateway, sent.map(({ messageId, payload }) => ({
      sourceChain: HUB_CHAIN, messageId, sourceAddress: HUB, contractAddress: service.address, payloadHash: keccak256(payload),
    })));
    const calls = sent.map(({ messageId, payload }) => [keccak256(toHex(`${HUB_CHAIN}_${messageId}`)), HUB_CHAIN, HUB, payload]);
    if (calls.length === 1) return [approval, await chain.call(service, "execute", calls[0])];
    const inner = calls.map((args) => encodeFunctionData({ abi: SERVICE.abi, functionName: "execute", args }));
    return [approval, await chain.call(service, "multicall", [inner])];
  };
  const send = ({ recipient, amount }) =>
    chain.call(service, "interchainTransfer", [lockedId, THERE, recipient, amount], { from: chain.user });

  const [first, second] = anyTransfers(2);
  await send(first);
  return rowsOf(chain, "Axelar", { token, batches: BATCHES, send: (await send(second)).gas, deliver });
}
