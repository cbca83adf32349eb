import { concat, numberToHex, parseAbi, size, type Address, type Hex } from "viem";
import type { Chain, NftEnd } from "../api/deployment.ts";
import { codeOf, EXECUTION_REVERTED, revertData, type Provider } from "../wallet/provider.ts";
import { read } from "./reads.ts";

/** OpenZeppelin's BridgeERC721 and ERC721Crosschain. */
export const nftBridgeAbi = parseAbi([
  "function crosschainTransferFrom(address from, bytes to, uint256 tokenId) returns (bytes32)",
  "function getLink(bytes chain) view returns (address gateway, bytes counterpart)",
  "function token() view returns (address)",
]);

export const nftAbi = parseAbi([
  "function ownerOf(uint256 tokenId) view returns (address)",
  "function getApproved(uint256 tokenId) view returns (address)",
  "function isApprovedForAll(address owner, address operator) view returns (bool)",
  "function approve(address to, uint256 tokenId)",
]);

const gatewayAbi = parseAbi(["function gateway() view returns (address)"]);

const EVM_VERSION_1 = "0x00010000";

/** ERC-7930, version 1, of an account on an EVM chain; of the chain alone without one. @param chain its number as a decimal text */
export function interoperable(chain: string, account: Address | "0x" = "0x"): Hex {
  const reference = numberToHex(BigInt(chain));
  const even: Hex = reference.length % 2 ? `0x0${reference.slice(2)}` : reference;
  return concat([EVM_VERSION_1, numberToHex(size(even), { size: 1 }), even, numberToHex(size(account), { size: 1 }), account]).toLowerCase() as Hex;
}

/** What the form must know before it lets somebody send a token of a collection. */
export interface NftFacts { owner: Address | undefined; obstacle?: string }

/** @param tokenId undefined while none is typed @throws what the wallet throws */
export async function readNft(provider: Provider, source: Chain, from: NftEnd, destination: Chain, to: NftEnd, tokenId: bigint | undefined): Promise<NftFacts> {
  const own = from.token.toLowerCase() === from.bridge.toLowerCase();
  const [gateway, [link, counterpart], token] = await Promise.all([
    read<Address>(provider, source.bridge, gatewayAbi, "gateway", []),
    read<[Address, Hex]>(provider, from.bridge, nftBridgeAbi, "getLink", [interoperable(destination.id)]),
    own ? from.token : read<Address>(provider, from.bridge, nftBridgeAbi, "token", []),
  ]);
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  // The configuration only says where to look; the contracts say whether they belong together.
  const linked = same(link, gateway) && same(counterpart, interoperable(destination.id, to.bridge)) && same(token, from.token);
  const obstacle = linked ? {} : { obstacle: `The collection's contract on ${source.name} does not lead to ${destination.name} through this Bridge. Do not go on; tell the operator.` };
  return { owner: tokenId === undefined ? undefined : await ownerOf(provider, from.token, tokenId), ...obstacle };
}

/** Whether the bridge may take the token. @throws what the wallet throws */
export async function isApproved(provider: Provider, { token, bridge }: NftEnd, owner: Address, tokenId: bigint): Promise<boolean> {
  const [approved, all] = await Promise.all([
    read<Address>(provider, token, nftAbi, "getApproved", [tokenId]),
    read<boolean>(provider, token, nftAbi, "isApprovedForAll", [owner, bridge]),
  ]);
  return all || approved.toLowerCase() === bridge.toLowerCase();
}

/** Undefined where there is no such token: contracts revert then. @throws what the wallet throws for any other reason */
async function ownerOf(provider: Provider, token: Address, tokenId: bigint): Promise<Address | undefined> {
  try {
    return await read<Address>(provider, token, nftAbi, "ownerOf", [tokenId]);
  } catch (error) {
    if (revertData(error) !== undefined || codeOf(error) === EXECUTION_REVERTED) return undefined;
    throw error;
  }
}
