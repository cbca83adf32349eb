// Contracts beside the Bridge that the pages meet: a token with ERC-3009, NFTs and their bridges; and what an administrator sets.
import { readFileSync } from "node:fs";
import { createWalletClient, encodeFunctionData, getContractAddress, http, parseAbi } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { DEPLOYER_KEY } from "../../../../ops/demo.d/users.mjs";
import { interoperable } from "./interoperable.mjs";

const BRIDGE = parseAbi([
  "struct Limit { uint128 capacity; uint32 period; }",
  "struct Fees { uint128 transfer; uint128 transferTo; uint128 callBase; uint64 callPerGas; uint64 callPerByte; }",
  "function gateway() view returns (address)",
  "function authority() view returns (address)",
  "function grantRole(uint64 roleId, address account, uint32 executionDelay)",
  "function setInboundLimit(uint32 assetId, Limit limit)",
  "function setFeeBounds(uint32 assetId, uint256 destinationChainId, Fees lowest, Fees highest)",
  "function setMinimumFees(uint32 assetId, uint256 destinationChainId, Fees fees)",
]);
/** With room to spare: an estimate over the block before may be too little in the next one. */
const CALL_GAS = 300_000n;
/** As contracts/script/lib/roles.mjs numbers it. */
const FEE_ORACLE = 2n;
const NOTHING = { transfer: 0n, transferTo: 0n, callBase: 0n, callPerGas: 0n, callPerByte: 0n };

/** Forge's build of a test's contract. */
async function artifact(source, name = source) {
  // Building takes a moment at least, and only a deployment needs it.
  const { build } = await import("../../../../contracts/script/lib/artifacts.mjs");
  build(`test/tokens/${source}.sol`);
  const { abi, bytecode } = JSON.parse(readFileSync(`${process.env.BRIDGE_CONTRACTS}/out/${source}.sol/${name}.json`, "utf8"));
  return { abi, bytecode: bytecode.object };
}

/** The deployer, who is the administrator of a local deployment too. */
class Deployer {
  #account = privateKeyToAccount(DEPLOYER_KEY);

  constructor(chain) {
    this.chain = chain;
    this.wallet = createWalletClient({ account: this.#account, chain: chain.chain, transport: http(chain.url) });
  }

  get address() {
    return this.#account.address;
  }

  read(address, functionName) {
    return this.chain.client.readContract({ address, abi: BRIDGE, functionName });
  }

  async deploy({ abi, bytecode }, args = []) {
    return (await this.#mined(await this.wallet.deployContract({ abi, bytecode, args }))).contractAddress;
  }

  async call(to, functionName, args) {
    await this.#mined(await this.wallet.sendTransaction({ to, data: encodeFunctionData({ abi: BRIDGE, functionName, args }), gas: CALL_GAS }));
  }

  /** Where the next contract will be. */
  async nextAddress() {
    const nonce = await this.chain.client.getTransactionCount({ address: this.#account.address });
    return getContractAddress({ from: this.#account.address, nonce: BigInt(nonce) });
  }

  async #mined(hash) {
    const receipt = await this.chain.client.waitForTransactionReceipt({ hash });
    if (receipt.status !== "success") throw new Error(`${hash} failed on ${this.chain.name}`);
    return receipt;
  }
}

/** A token that takes ERC-3009 authorizations: what was signed costs its owner no gas at all. */
export const deployAuthorizationToken = async (chain) => new Deployer(chain).deploy(await artifact("AuthorizationToken"));

/** More may come back than may go there: what cannot be paid away is refunded. */
export const raiseHomeLimit = (chain, bridge, assetId, limit) => new Deployer(chain).call(bridge, "setInboundLimit", [assetId, limit]);

/** Lets messages without tokens pass both ways, for nothing. @returns Bridge:Api:Pages:Nfts, and the contracts by the chain's name */
export async function deployCats({ alpha, beta }, bridge) {
  const [home, away] = [new Deployer(alpha), new Deployer(beta)];
  for (const [deployer, other] of [[home, beta], [away, alpha]]) {
    await deployer.call(await deployer.read(bridge, "authority"), "grantRole", [FEE_ORACLE, deployer.address, 0]);
    await deployer.call(bridge, "setFeeBounds", [0, BigInt(other.id), NOTHING, NOTHING]);
    await deployer.call(bridge, "setMinimumFees", [0, BigInt(other.id), NOTHING]);
  }
  const [cats, catBridge, catsAway] = [await artifact("Cats"), await artifact("Cats", "CatBridge"), await artifact("Cats", "CatsAway")];
  const token = await home.deploy(cats);
  const link = async (deployer, chain, account) => [{ gateway: await deployer.read(bridge, "gateway"), counterpart: interoperable(chain.id, account) }];
  const awayAt = await away.nextAddress();
  const bridgeAt = await home.deploy(catBridge, [token, await link(home, beta, awayAt)]);
  const deployed = await away.deploy(catsAway, [await link(away, alpha, bridgeAt)]);
  if (deployed.toLowerCase() !== awayAt.toLowerCase()) throw new Error(`the cats are at ${deployed}, not at ${awayAt}`);
  return {
    nfts: { cats: { Name: "Cats", Ends: { [alpha.id]: { Token: token, Bridge: bridgeAt }, [beta.id]: { Token: deployed, Bridge: deployed } } } },
    alpha: { token, bridge: bridgeAt }, beta: { token: deployed, bridge: deployed },
  };
}
