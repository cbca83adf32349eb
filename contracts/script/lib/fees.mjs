// The minimum fees that a deployment begins with, and the bounds within which fee oracles may move them.

/** The gas that a minimum fee is taken to pay for, and the gas of a byte: together they price a call like a transfer. */
const GAS_OF_TRANSFER = 50_000n;
const GAS_OF_BYTE = 40n;

const LOWER = 10n;
const HIGHER = 1000n;
const most = { transfer: 128n, transferTo: 128n, callBase: 128n, callPerGas: 64n, callPerByte: 64n };

/** @param minimumFee of a transfer, in base units. A call pays for its gas limit too, rounded up: it must not be cheaper than it costs. */
export function minimumFees(minimumFee) {
  const callPerGas = (minimumFee + GAS_OF_TRANSFER - 1n) / GAS_OF_TRANSFER;
  const fees = { transfer: minimumFee, transferTo: minimumFee, callBase: minimumFee, callPerGas, callPerByte: callPerGas * GAS_OF_BYTE };
  return each(fees, (fee) => fee);
}

export const lowestFees = (fees) => each(fees, (fee) => fee / LOWER);

export const highestFees = (fees) => each(fees, (fee) => fee * HIGHER);

/** Every fee changed, and kept within what its field holds. */
const each = (fees, change) => Object.fromEntries(Object.entries(fees).map(([key, fee]) => {
  const [value, limit] = [change(fee), (1n << most[key]) - 1n];
  return [key, value < limit ? value : limit];
}));
