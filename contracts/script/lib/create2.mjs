// The deterministic deployment proxy: the same init code and salt give the same address on every chain.
import { concat, getCreate2Address, keccak256, parseEther, toHex } from "viem";

const PROXY = "0x4e59b44847b379578588920ca78fbf26c0b4956c";
// Its own deployment: one transaction without a chain id, signed by nobody's key, so that anyone can send it on any chain.
const PROXY_DEPLOYER = "0x3fab184622dc19b6109349b94811493bf2a45362";
const PROXY_TRANSACTION =
  "0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0"
  + "3601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba0222222222222222222222222222222222222222222222222222222"
  + "2222222222a02222222222222222222222222222222222222222222222222222222222222222";
const PROXY_COST = parseEther("0.01"); // its gas limit of 100,000 at its gas price of 100 gwei

export const saltOf = (...words) => keccak256(toHex(words.join("/")));

export const addressOf = (salt, initCode) => getCreate2Address({ from: PROXY, salt, bytecode: initCode }).toLowerCase();

export async function ensureProxy(chain) {
  if (await chain.hasCode(PROXY)) return [];
  const missing = PROXY_COST - (await chain.reader.getBalance({ address: PROXY_DEPLOYER }));
  if (missing > 0n) await chain.transact("funding the deterministic deployment proxy", { to: PROXY_DEPLOYER, value: missing });
  await chain.sendRaw("deploying the deterministic deployment proxy", PROXY_TRANSACTION);
  return [`${chain.name}: deployed the deterministic deployment proxy`];
}

/** Deploys unless it is there already; says what it did. */
export async function ensure(chain, what, salt, initCode) {
  const address = addressOf(salt, initCode);
  if (await chain.hasCode(address)) return [];
  await chain.transact(`deploying ${what}`, { to: PROXY, data: concat([salt, initCode]) });
  return [`${chain.name}: deployed ${what} at ${address}`];
}
