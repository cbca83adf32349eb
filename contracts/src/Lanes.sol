// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice One direction between this chain and another. The first word has 32 bits left, for flags that are read with it anyway.
/// @param remote the Bridge at the other end; 0 where no lane is open
/// @param sequence of the last message sent or delivered
/// @param rollingHash commitment to all messages up to `sequence`; the lane's id before the first
struct Lane {
    address remote;
    uint64 sequence;
    bytes32 rollingHash;
}

/// @notice Lane ids and rolling hashes as protocol.md defines them.
library Lanes {
    bytes32 private constant LANE_TYPEHASH = keccak256(
        "Lane(uint256 sourceChainId,address sourceBridge,uint256 destinationChainId,address destinationBridge)"
    );

    function id(uint256 sourceChainId, address sourceBridge, uint256 destinationChainId, address destinationBridge)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(LANE_TYPEHASH, sourceChainId, sourceBridge, destinationChainId, destinationBridge));
    }

    /// @notice The rolling hash one message further.
    function fold(bytes32 rollingHash, bytes32 messageHash) internal pure returns (bytes32 next) {
        assembly ("memory-safe") {
            mstore(0x00, rollingHash)
            mstore(0x20, messageHash)
            next := keccak256(0x00, 0x40)
        }
    }
}
