import { parseAbi, toFunctionSelector, type Address } from "viem";
import type { Provider } from "../wallet/provider.ts";
import { read } from "./reads.ts";

const bridgeAbi = parseAbi(["function authority() view returns (address)"]);
const managerAbi = parseAbi(["function canCall(address caller, address target, bytes4 selector) view returns (bool immediate, uint32 delay)"]);
const intentsAbi = parseAbi(["function permit2() view returns (address)"]);
const SEND_FOR = toFunctionSelector("sendFor(address,uint256,uint32,address,uint128,uint128)");

/**
 * Whether the Bridge lets a contract send in the name of others, by the Bridge's own authority: whoever is not trusted with that by its
 * operators must be trusted with no signature.
 * @throws what the wallet throws
 */
export async function maySendForOthers(provider: Provider, bridge: Address, contract: Address): Promise<boolean> {
  const manager = await read<Address>(provider, bridge, bridgeAbi, "authority", []);
  const [immediate] = await read<[boolean, number]>(provider, manager, managerAbi, "canCall", [contract, bridge, SEND_FOR]);
  return immediate;
}

/** The Permit2 that an Intents contract takes signatures of. @throws what the wallet throws */
export const permit2Of = (provider: Provider, intents: Address) => read<Address>(provider, intents, intentsAbi, "permit2", []);
