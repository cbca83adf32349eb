import { blob, leastThreshold, validators } from "./validators.mjs";

const addresses = (n) => validators(n).map((v) => v.address);
const ZERO = `0x${"00".repeat(20)}`;

export function validatorSets() {
  const valid = [1, 2, 3, 4, 5, 6, 7, 13, 19, 100, 255].map((n) => ({ members: addresses(n), threshold: leastThreshold(n) }));
  valid.push({ members: addresses(5), threshold: 5 }, { members: addresses(255), threshold: 255 });
  const five = addresses(5);
  const invalid = [
    ["no members", [], 0, "NoMembers"],
    ["no members with a threshold", [], 1, "NoMembers"],
    ["256 members", addresses(256), 255, "TooManyMembers"],
    ["a member twice", [five[0], five[1], five[1], five[2]], 3, "MembersNotAscending"],
    ["two members swapped", [five[1], five[0], five[2], five[3]], 3, "MembersNotAscending"],
    ["the last member out of order", [five[1], five[2], five[3], five[0]], 3, "MembersNotAscending"],
    ["the zero address", [ZERO, five[0], five[1]], 3, "MembersNotAscending"],
    ["threshold zero", five, 0, "ThresholdTooLow"],
    ["one below two thirds plus one", five, 3, "ThresholdTooLow"],
    ["two of three, which is not more than two thirds", five.slice(0, 3), 2, "ThresholdTooLow"],
    ["170 of 255", addresses(255), 170, "ThresholdTooLow"],
    ["threshold above the members", five, 6, "ThresholdTooHigh"],
  ];
  return {
    format: "A validator set and the code of the contract that stores it: 0x00 (STOP), threshold (1 byte), members (20 bytes each, strictly "
      + "ascending). invalid: reason is the error of the Bridge's constructor.",
    valid: valid.map((s) => ({ members: s.members, threshold: String(s.threshold), blob: blob(s.members, s.threshold) })),
    invalid: invalid.map(([name, members, threshold, reason]) => ({ name, members, threshold: String(threshold), reason })),
  };
}
