// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {SSTORE2} from "solady/utils/SSTORE2.sol";

/// @notice A validator set lives in the code of a contract of its own, so that reading all of it costs one cold account.
/// The code is 0x00 (STOP), threshold (1 byte), members (20 bytes each, strictly ascending).
library ValidatorSets {
    uint256 private constant HEADER = 2;
    uint256 private constant MAX_MEMBERS = 255;

    error NoMembers();
    error TooManyMembers(uint256 given, uint256 most);
    error MembersNotAscending(address previous, address current);
    error ThresholdTooLow(uint256 given, uint256 least);
    error ThresholdTooHigh(uint256 given, uint256 members);

    /// @notice Checks the set and deploys its code.
    function store(address[] memory members, uint8 threshold_) internal returns (address) {
        _check(members, threshold_);

        bytes memory data = new bytes(1 + 20 * members.length);
        data[0] = bytes1(threshold_);
        for (uint256 i; i < members.length; ++i) {
            for (uint256 j; j < 20; ++j) {
                data[1 + 20 * i + j] = bytes20(members[i])[j];
            }
        }
        return SSTORE2.write(data);
    }

    /// @notice The set's code, as the other functions read it.
    function load(address place) internal view returns (bytes memory set) {
        assembly ("memory-safe") {
            set := mload(0x40)
            let size := extcodesize(place)
            mstore(set, size)
            extcodecopy(place, add(set, 0x20), 0, size)
            mstore(0x40, and(add(add(set, size), 0x3f), not(0x1f)))
        }
    }

    function threshold(bytes memory set) internal pure returns (uint256 least) {
        assembly ("memory-safe") {
            least := byte(1, mload(add(set, 0x20)))
        }
    }

    function count(bytes memory set) internal pure returns (uint256) {
        unchecked {
            return (set.length - HEADER) / 20;
        }
    }

    /// @param position below count(set)
    function member(bytes memory set, uint256 position) internal pure returns (address account) {
        assembly ("memory-safe") {
            account := shr(96, mload(add(add(set, 0x22), mul(position, 20))))
        }
    }

    function contains(bytes memory set, address account) internal pure returns (bool, uint256 position) {
        for (; position < count(set); ++position) {
            if (member(set, position) == account) return (true, position);
        }
        return (false, 0);
    }

    function describe(bytes memory set) internal pure returns (address[] memory members, uint8 threshold_) {
        members = new address[](count(set));
        for (uint256 i; i < members.length; ++i) {
            members[i] = member(set, i);
        }
        threshold_ = uint8(threshold(set));
    }

    /// @notice keccak256 of the members, 20 bytes each.
    function membersHash(bytes memory set) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            hash := keccak256(add(set, 0x22), sub(mload(set), 2))
        }
    }

    function _check(address[] memory members, uint256 threshold_) private pure {
        uint256 n = members.length;
        if (n == 0) revert NoMembers();
        if (n > MAX_MEMBERS) revert TooManyMembers(n, MAX_MEMBERS);
        // More than two thirds: with fewer, two quorums could share only faulty members and certify two histories.
        uint256 least = 2 * n / 3 + 1;
        if (threshold_ < least) revert ThresholdTooLow(threshold_, least);
        if (threshold_ > n) revert ThresholdTooHigh(threshold_, n);

        address previous; // the zero address, so it can never be a member
        for (uint256 i; i < n; ++i) {
            if (members[i] <= previous) revert MembersNotAscending(previous, members[i]);
            previous = members[i];
        }
    }
}
