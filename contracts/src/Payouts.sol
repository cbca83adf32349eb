// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice A list of (recipient, amount), packed as 20 and 32 bytes each: what a run of messages pays, in a form that is
/// cheap to build, to pass to a token and to read there.
library Payouts {
    uint256 private constant LENGTH = 52;

    error PayoutsCut(uint256 length);

    /// @notice Begins a list in free memory. Nothing may allocate memory until `close`.
    function open() internal pure returns (bytes memory payouts, uint256 place) {
        assembly ("memory-safe") {
            payouts := mload(0x40)
            place := add(payouts, 0x20)
        }
    }

    function push(uint256 place, address recipient, uint256 amount) internal pure returns (uint256 next) {
        assembly ("memory-safe") {
            mstore(place, shl(96, recipient))
            mstore(add(place, 20), amount)
            next := add(place, LENGTH)
        }
    }

    function close(bytes memory payouts, uint256 place) internal pure {
        assembly ("memory-safe") {
            mstore(payouts, sub(place, add(payouts, 0x20)))
            mstore(0x40, and(add(place, 0x1f), not(0x1f)))
        }
    }

    /// @notice Where the list begins and ends in calldata.
    function span(bytes calldata payouts) internal pure returns (uint256 at, uint256 end) {
        if (payouts.length % LENGTH != 0) revert PayoutsCut(payouts.length);
        assembly ("memory-safe") {
            at := payouts.offset
            end := add(payouts.offset, payouts.length)
        }
    }

    /// @param at from `span` on, and below its end
    function read(uint256 at) internal pure returns (address recipient, uint256 amount, uint256 next) {
        assembly ("memory-safe") {
            recipient := shr(96, calldataload(at))
            amount := calldataload(add(at, 20))
            next := add(at, LENGTH)
        }
    }
}
