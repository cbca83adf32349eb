// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Lanes} from "./Lanes.sol";

/// @notice Reads and writes the wire format. MESSAGE.md holds the offsets.
/// A position (`at`, `end`) counts from the start of calldata. The reading functions are only for messages that `fold` let pass.
library Messages {
    uint256 private constant TRANSFER = 1;
    uint256 private constant TRANSFER_TO = 2;
    /// @dev Kind 1 has 57 bytes, and kind 2 has 20 more for the sender.
    uint256 private constant SENDER = 20;
    uint256 private constant FIXED = 57 - SENDER;

    error NoMessages();
    error UnknownKind(uint256 offset, uint256 kind);
    error MessageTruncated(uint256 offset, uint256 given, uint256 needed);
    error FeeAboveAmount(uint256 fee, uint256 amount);

    /// @notice Of kind 1 where sender and recipient are one, of kind 2 otherwise.
    function encode(uint256 assetId, address recipient, uint256 amount, uint256 fee, address sender)
        internal
        pure
        returns (bytes memory message)
    {
        uint256 kind = sender == recipient ? TRANSFER : TRANSFER_TO;
        uint256 head = kind << 248 | assetId << 216 | uint256(uint160(recipient)) << 56;
        uint256 both = amount << 128 | fee;
        uint256 length = FIXED + SENDER * kind;
        assembly ("memory-safe") {
            message := mload(0x40)
            mstore(0x40, add(message, 0x80)) // a word for the length and three for at most 77 bytes
            mstore(message, length)
            mstore(add(message, 0x20), head)
            mstore(add(message, 57), both) // 25 bytes behind the head's first
            mstore(add(message, 89), shl(96, sender)) // behind the end, if the kind is 1
        }
    }

    /// @notice Folds the messages into the rolling hash and counts them. Every byte is consumed: a short read, trailing bytes,
    /// an unknown kind and a fee above its amount revert.
    function fold(bytes calldata messages, bytes32 rollingHash) internal pure returns (bytes32, uint256 count) {
        if (messages.length == 0) revert NoMessages();
        (uint256 at, uint256 end) = span(messages);
        unchecked {
            for (; at < end; ++count) {
                uint256 length = lengthAt(at);
                _check(messages, at, end, length);
                rollingHash = Lanes.fold(rollingHash, hashAt(at, length));
                at += length;
            }
        }
        return (rollingHash, count);
    }

    /// @notice Where the bytes begin and end.
    function span(bytes calldata messages) internal pure returns (uint256 at, uint256 end) {
        assembly ("memory-safe") {
            at := messages.offset
            end := add(messages.offset, messages.length)
        }
    }

    function lengthAt(uint256 at) internal pure returns (uint256) {
        unchecked {
            return FIXED + SENDER * (_head(at) >> 248);
        }
    }

    function assetIdAt(uint256 at) internal pure returns (uint32) {
        return uint32(_head(at) >> 216);
    }

    function recipientAt(uint256 at) internal pure returns (address) {
        return address(uint160(_head(at) >> 56));
    }

    function amountsAt(uint256 at) internal pure returns (uint256 amount, uint256 fee) {
        assembly ("memory-safe") {
            fee := calldataload(add(at, 25))
        }
        return (fee >> 128, uint128(fee));
    }

    /// @notice keccak256 of `length` bytes.
    function hashAt(uint256 at, uint256 length) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, at, length)
            hash := keccak256(free, length)
        }
    }

    function _check(bytes calldata messages, uint256 at, uint256 end, uint256 length) private pure {
        unchecked {
            uint256 kind = _head(at) >> 248;
            if (kind == 0 || kind > TRANSFER_TO) revert UnknownKind(_offset(messages, at), kind);
            if (end - at < length) revert MessageTruncated(_offset(messages, at), end - at, length);
        }
        (uint256 amount, uint256 fee) = amountsAt(at);
        if (fee > amount) revert FeeAboveAmount(fee, amount);
    }

    function _offset(bytes calldata messages, uint256 at) private pure returns (uint256) {
        (uint256 start,) = span(messages);
        return at - start;
    }

    /// @dev kind, asset, recipient and the first 7 bytes of the amount.
    function _head(uint256 at) private pure returns (uint256 head) {
        assembly ("memory-safe") {
            head := calldataload(at)
        }
    }
}
