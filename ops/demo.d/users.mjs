// The accounts that send: anvil's, whose keys are public and worth nothing anywhere else.
import { mnemonicToAccount } from "./viem.mjs";

const MNEMONIC = "test test test test test test test test test test test junk";
const USERS = 5;

export const DEPLOYER_KEY = privateKey(account(0));

/** @param count at most 9: the local chains give coin to no more @returns {{ account: object, key: string }[]} */
export const users = (count = USERS) => Array.from({ length: count }, (_, i) => account(i + 1)).map((found) => ({ account: found, key: privateKey(found) }));

function account(addressIndex) {
  return mnemonicToAccount(MNEMONIC, { addressIndex });
}

function privateKey({ getHdKey }) {
  return `0x${Buffer.from(getHdKey().privateKey).toString("hex")}`;
}
