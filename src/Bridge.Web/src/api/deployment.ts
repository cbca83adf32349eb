import { signal } from "@preact/signals";
import { getJson } from "./client.ts";

/** gasless: whether somebody sends there what others sign. */
export interface Chain { id: string; name: string; coin: string; bridge: `0x${string}`; rpc?: string; explorer?: string; gasless?: boolean }
/** mode: lock or native at the asset's home, mint elsewhere. */
export interface Token { chain: string; token: `0x${string}`; mode: string; symbol: string; decimals: number }
export interface Asset { id: string; tokens: Token[] }
/** bridge: whoever is asked to send; the token itself where it is a crosschain one. */
export interface NftEnd { chain: string; token: `0x${string}`; bridge: `0x${string}` }
export interface Collection { name: string; ends: NftEnd[] }
export interface Deployment { chains: Chain[]; lanes: { source: string; destination: string }[]; assets: Asset[]; nfts: Collection[]; testWallet?: `0x${string}` }

/** What this deployment serves; null until it is read. */
export const deployment = signal<Deployment | null>(null);

/** @throws Problem */
export async function loadDeployment(): Promise<void> {
  const read = await getJson<Deployment>("/pages/deployment.json");
  // The same answer must not make the pages begin anew.
  if (JSON.stringify(read) !== JSON.stringify(deployment.peek())) deployment.value = read;
}

/** "eip155:8453" or "8453". */
export const chainNumber = (chain: string) => chain.replace(/^eip155:/, "");

export const findChain = (chain: string) => deployment.value?.chains.find(({ id }) => id === chainNumber(chain));

export const chainName = (chain: string) => findChain(chain)?.name ?? `Chain ${chainNumber(chain)}`;

export const tokenOn = (asset: Asset | undefined, chain: string) => asset?.tokens.find((token) => token.chain === chain);

export const assetsBetween = (source: string, destination: string) =>
  (deployment.value?.assets ?? []).filter((asset) => tokenOn(asset, source) && tokenOn(asset, destination));

export const explorerLink = (chain: string, kind: "tx" | "address", value: string) => {
  const explorer = findChain(chain)?.explorer;
  return explorer && `${explorer}/${kind}/${value}`;
};
