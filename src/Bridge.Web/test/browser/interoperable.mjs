// ERC-7930 by its text: version 1, EIP-155, the chain's number and an account, each behind its length. Not taken from the pages.
export function interoperable(chainId, account) {
  const number = chainId.toString(16);
  const reference = number.length % 2 ? `0${number}` : number;
  return `0x00010000${(reference.length / 2).toString(16).padStart(2, "0")}${reference}14${account.slice(2)}`.toLowerCase();
}
