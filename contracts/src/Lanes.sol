// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";

/// @notice What every message of a lane reads: the Bridge at the other end (160 bits), the sequence of the last message
/// (64 bits), and 32 bits that are left for flags. 0 where no lane is open.
type LaneWord is uint256;

using LaneWords for LaneWord global;

/// @notice One direction between this chain and another.
/// @param rollingHash commitment to all messages up to the word's sequence; the lane's id before the first
struct Lane {
    LaneWord word;
    bytes32 rollingHash;
}

library LaneWords {
    function remote(LaneWord word) internal pure returns (address) {
        return address(uint160(LaneWord.unwrap(word) >> 96));
    }

    function sequence(LaneWord word) internal pure returns (uint64) {
        return uint64(LaneWord.unwrap(word) >> 32);
    }

    /// @dev Counting to 2^64 takes longer than there is time: at a million messages a second, 584,942 years.
    function advance(LaneWord word, uint256 count) internal pure returns (LaneWord) {
        unchecked {
            return LaneWord.wrap(LaneWord.unwrap(word) + (count << 32));
        }
    }
}

/// @notice Lane ids and rolling hashes as protocol.md defines them.
library Lanes {
    bytes32 private constant LANE_TYPEHASH = keccak256(
        "Lane(uint256 sourceChainId,address sourceBridge,uint256 destinationChainId,address destinationBridge)"
    );

    /// @notice A lane before its first message.
    function fresh(address remote, bytes32 laneId) internal pure returns (Lane memory) {
        return Lane(LaneWord.wrap(uint256(uint160(remote)) << 96), laneId);
    }

    function id(uint256 sourceChainId, address sourceBridge, uint256 destinationChainId, address destinationBridge)
        internal
        pure
        returns (bytes32)
    {
        return EfficientHashLib.hash(
            LANE_TYPEHASH,
            bytes32(sourceChainId),
            bytes32(uint256(uint160(sourceBridge))),
            bytes32(destinationChainId),
            bytes32(uint256(uint160(destinationBridge)))
        );
    }

    /// @notice The rolling hash one message further.
    function fold(bytes32 rollingHash, bytes32 messageHash) internal pure returns (bytes32) {
        return EfficientHashLib.hash(rollingHash, messageHash);
    }
}
