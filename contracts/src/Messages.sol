// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice Reads and writes the wire format. MESSAGE.md holds the offsets.
library Messages {
    uint256 internal constant TRANSFER = 1;
    uint256 internal constant TRANSFER_TO = 2;

    uint256 private constant TRANSFER_LENGTH = 57;
    uint256 private constant TRANSFER_TO_LENGTH = 77;

    error NoMessages();
    error UnknownKind(uint256 offset, uint256 kind);
    error MessageTruncated(uint256 offset, uint256 given, uint256 needed);
    error FeeAboveAmount(uint256 fee, uint256 amount);

    /// @notice Of kind 1 where sender and recipient are one, of kind 2 otherwise.
    function encode(uint32 assetId, address recipient, uint128 amount, uint128 fee, address sender)
        internal
        pure
        returns (bytes memory)
    {
        if (sender == recipient) return abi.encodePacked(uint8(TRANSFER), assetId, recipient, amount, fee);
        return abi.encodePacked(uint8(TRANSFER_TO), assetId, recipient, amount, fee, sender);
    }

    /// @notice The length of the message that begins at `offset`, which must lie before the end.
    /// Reverts unless all of it is there, its kind is known and its fee is at most its amount.
    function checkedLength(bytes calldata messages, uint256 offset) internal pure returns (uint256 length) {
        uint256 kind = _head(messages, offset) >> 248;
        length = _length(kind);
        if (length == 0) revert UnknownKind(offset, kind);
        if (messages.length - offset < length) revert MessageTruncated(offset, messages.length - offset, length);
        (uint256 amount, uint256 fee) = amountsAt(messages, offset);
        if (fee > amount) revert FeeAboveAmount(fee, amount);
    }

    /// @notice Where the run of messages of one asset that begins at `offset` ends, and how many they are. Only for checked messages.
    function runAt(bytes calldata messages, uint256 offset) internal pure returns (uint256 end, uint256 count) {
        uint256 head = _head(messages, offset);
        uint32 id = uint32(head >> 216);
        for (end = offset; uint32(head >> 216) == id;) {
            end += _length(head >> 248);
            ++count;
            if (end == messages.length) break;
            head = _head(messages, end);
        }
    }

    /// @notice The length of a checked message.
    function lengthAt(bytes calldata messages, uint256 offset) internal pure returns (uint256) {
        return _length(_head(messages, offset) >> 248);
    }

    function assetIdAt(bytes calldata messages, uint256 offset) internal pure returns (uint32) {
        return uint32(_head(messages, offset) >> 216);
    }

    function recipientAt(bytes calldata messages, uint256 offset) internal pure returns (address) {
        return address(uint160(_head(messages, offset) >> 56));
    }

    function amountsAt(bytes calldata messages, uint256 offset) internal pure returns (uint256 amount, uint256 fee) {
        uint256 both;
        assembly ("memory-safe") {
            both := calldataload(add(add(messages.offset, offset), 25))
        }
        return (both >> 128, uint128(both));
    }

    function _length(uint256 kind) private pure returns (uint256) {
        if (kind == TRANSFER) return TRANSFER_LENGTH;
        return kind == TRANSFER_TO ? TRANSFER_TO_LENGTH : 0;
    }

    /// @dev kind, asset, recipient and the first 7 bytes of the amount.
    function _head(bytes calldata messages, uint256 offset) private pure returns (uint256 head) {
        assembly ("memory-safe") {
            head := calldataload(add(messages.offset, offset))
        }
    }
}
