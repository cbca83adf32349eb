// viem is installed with the contracts' tools; this folder has no packages of its own.
export * from "../../contracts/node_modules/viem/_esm/index.js";
export { generatePrivateKey, mnemonicToAccount, privateKeyToAccount } from "../../contracts/node_modules/viem/_esm/accounts/index.js";
