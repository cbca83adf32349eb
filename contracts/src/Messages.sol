// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice Reads and writes the wire format. MESSAGE.md holds the offsets.
/// A position (`at`, `end`) counts from the start of calldata. The reading functions are only for messages that `fold` let pass.
library Messages {
    uint256 internal constant TRANSFER = 1;
    uint256 internal constant TRANSFER_TO = 2;
    uint256 internal constant CALL = 3;
    /// @notice What a call may be at most: any chain's block has room to deliver it, or it would hold up its lane for ever.
    uint256 internal constant MAX_PAYLOAD = 32 * 1024;
    uint256 internal constant MAX_GAS = 5_000_000;
    /// @dev Kind 1 has 57 bytes, and kind 2 has 20 more for the sender.
    uint256 private constant SENDER = 20;
    uint256 private constant FIXED = 37;
    uint256 private constant CALL_HEAD = 84;
    uint256 private constant ASSET_MASK = 0x00ffffffff000000000000000000000000000000000000000000000000000000;
    uint256 private constant RECIPIENT_MASK = 0xffffffffffffffffffffffffffffffffffffffff00000000000000;
    uint256 private constant MAX_AMOUNT = 0xffffffffffffffffffffffffffffffff;

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

    /// @notice Of kind 3.
    /// @param payload at most MAX_PAYLOAD bytes
    function encodeCall(
        uint32 assetId,
        address recipient,
        uint128 amount,
        uint128 fee,
        address sender,
        uint32 gasLimit,
        bytes calldata payload
    ) internal pure returns (bytes memory) {
        return abi.encodePacked(
            uint8(CALL), assetId, recipient, amount, fee, sender, gasLimit, uint24(payload.length), payload
        );
    }

    /// @notice Folds the messages into the rolling hash and counts them. Every byte is consumed: a short read, trailing bytes,
    /// an unknown kind and a fee above its amount revert.
    /// @param messages at least one byte
    /// @return folded the rolling hash behind the last message
    /// @return count of messages
    /// @return whole whether they are one run, as `runAt` finds them with the same `most` and `refused`
    function fold(bytes calldata messages, bytes32 rollingHash, uint256 most, address refused)
        internal
        pure
        returns (bytes32 folded, uint256 count, bool whole)
    {
        (uint256 at, uint256 end) = span(messages);
        uint256 asset = _head(at) & ASSET_MASK;
        uint256 others;
        // In assembly because this loop is most of what the Bridge itself adds to a message: in Solidity it costs 3 % of a delivery
        // of 100. It ends at the end or before the first malformed message.
        assembly ("memory-safe") {
            let free := mload(0x40)
            let refusedRecipient := shl(56, refused)
            mstore(0x00, rollingHash)
            for {} 1 { count := add(count, 1) } {
                let head := calldataload(at)
                let kind := byte(0, head)
                let length := add(FIXED, mul(SENDER, kind))
                if eq(kind, CALL) {
                    // One that is cut before it says its length is at least as long as what it needs to say it.
                    length := add(CALL_HEAD, shr(232, calldataload(add(at, 81))))
                    others := 1
                }
                let amounts := calldataload(add(at, 25))
                // Kind 0 becomes the greatest number. At the end, every length is too long.
                let faulty := or(gt(sub(kind, 1), sub(CALL, 1)), gt(length, sub(end, at)))
                if or(faulty, gt(and(amounts, MAX_AMOUNT), shr(128, amounts))) { break }

                others := or(others, xor(and(head, ASSET_MASK), asset))
                others := or(others, or(gt(shr(128, amounts), most), eq(and(head, RECIPIENT_MASK), refusedRecipient)))

                calldatacopy(free, at, length)
                mstore(0x20, keccak256(free, length))
                mstore(0x00, keccak256(0x00, 0x40))
                at := add(at, length)
            }
            folded := mload(0x00)
        }
        if (at != end) _explain(messages, at, end);
        whole = others == 0;
    }

    /// @dev What is wrong with the message at which `fold` stopped.
    function _explain(bytes calldata messages, uint256 at, uint256 end) private pure {
        uint256 kind = kindAt(at);
        if (kind == 0 || kind > CALL) revert UnknownKind(_offset(messages, at), kind);
        if (end - at < lengthAt(at)) revert MessageTruncated(_offset(messages, at), end - at, lengthAt(at));
        (uint256 amount, uint256 fee) = amountsAt(at);
        revert FeeAboveAmount(fee, amount);
    }

    /// @notice The transfers of one asset from `at` on, up to a call, one of another asset, of more than `most`, or to `refused`.
    function runAt(uint256 at, uint256 end, uint256 most, address refused) internal pure returns (uint256 next, uint256 count) {
        uint256 assetId = assetIdAt(at);
        for (next = at; next < end && kindAt(next) != CALL && assetIdAt(next) == assetId; ++count) {
            (uint256 amount,) = amountsAt(next);
            if (amount > most || recipientAt(next) == refused) break;
            next += lengthAt(next);
        }
    }

    /// @notice The calls from `at` on that bring nothing along, up to one to `refused`.
    function pureCallsAt(uint256 at, uint256 end, address refused) internal pure returns (uint256 next, uint256 count) {
        unchecked {
            // `fold` has seen that all of it lies before `end`.
            for (next = at; next < end && kindAt(next) == CALL && recipientAt(next) != refused; ++count) {
                (uint256 amount,) = amountsAt(next);
                if (amount != 0) break;
                next += lengthAt(next);
            }
        }
    }

    /// @notice Of transfers.
    function sum(bytes calldata transfers) internal pure returns (uint256 total, uint256 fees) {
        (uint256 at, uint256 end) = span(transfers);
        unchecked {
            // Sums of 128-bit numbers: calldata with enough of them to overflow does not fit into a block.
            for (; at < end; at += lengthAt(at)) {
                (uint256 amount, uint256 fee) = amountsAt(at);
                total += amount;
                fees += fee;
            }
        }
    }

    /// @notice What a call brings along, as a transfer of kind 1; where that is its fee and no more, as one to whom the fee is for.
    function transferOf(bytes calldata message, address feeTo) internal pure returns (bytes memory) {
        uint256 at = start(message);
        (uint256 amount, uint256 fee) = amountsAt(at);
        if (amount == fee) return encode(assetIdAt(at), feeTo, amount, 0, feeTo);
        return encode(assetIdAt(at), recipientAt(at), amount, fee, recipientAt(at));
    }

    function slice(uint256 at, uint256 end) internal pure returns (bytes calldata messages) {
        assembly ("memory-safe") {
            messages.offset := at
            messages.length := sub(end, at)
        }
    }

    function start(bytes calldata messages) internal pure returns (uint256 at) {
        (at,) = span(messages);
    }

    /// @notice Where the bytes begin and end.
    function span(bytes calldata messages) internal pure returns (uint256 at, uint256 end) {
        assembly ("memory-safe") {
            at := messages.offset
            end := add(messages.offset, messages.length)
        }
    }

    function kindAt(uint256 at) internal pure returns (uint256) {
        return _head(at) >> 248;
    }

    function lengthAt(uint256 at) internal pure returns (uint256) {
        unchecked {
            uint256 kind = kindAt(at);
            return kind < CALL ? FIXED + SENDER * kind : CALL_HEAD + _payloadLengthAt(at);
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

    function senderAt(uint256 at) internal pure returns (address sender) {
        if (kindAt(at) == TRANSFER) return recipientAt(at);
        assembly ("memory-safe") {
            sender := shr(96, calldataload(add(at, 57)))
        }
    }

    /// @param at of a call
    function gasLimitAt(uint256 at) internal pure returns (uint256 gasLimit) {
        assembly ("memory-safe") {
            gasLimit := shr(224, calldataload(add(at, 77)))
        }
    }

    /// @param at of a call
    function payloadAt(uint256 at) internal pure returns (bytes calldata payload) {
        uint256 length = _payloadLengthAt(at);
        assembly ("memory-safe") {
            payload.offset := add(at, CALL_HEAD)
            payload.length := length
        }
    }

    /// @notice keccak256 of `length` bytes.
    function hashAt(uint256 at, uint256 length) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, at, length)
            hash := keccak256(free, length)
        }
    }

    function _payloadLengthAt(uint256 at) private pure returns (uint256 length) {
        assembly ("memory-safe") {
            length := shr(232, calldataload(add(at, 81)))
        }
    }

    function _offset(bytes calldata messages, uint256 at) private pure returns (uint256) {
        return at - start(messages);
    }

    /// @dev kind, asset, recipient and the first 7 bytes of the amount.
    function _head(uint256 at) private pure returns (uint256 head) {
        assembly ("memory-safe") {
            head := calldataload(at)
        }
    }
}
