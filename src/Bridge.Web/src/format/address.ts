import { isAddress } from "viem";

/** What is wrong with an address that may be left out, its case being of no account; undefined for nothing. */
export const addressFault = (address: string) => (address === "" || isAddress(address, { strict: false }) ? undefined : "An address is 0x and 40 hexadecimal digits.");
