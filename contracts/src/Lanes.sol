// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";

/// @notice What every message sent through a lane reads: the Bridge at the other end (160 bits), the sequence of the last message
/// (64 bits), and until when a pause may be in force (32 bits, seconds). 0 where no lane is open.
type LaneWord is uint256;

using LaneWords for LaneWord global;

/// @notice The lane from this chain to another.
/// @param rollingHash commitment to all messages up to the word's sequence; the lane's id before the first
struct Outbound {
    LaneWord word;
    bytes32 rollingHash;
}

/// @notice The lane from another chain to this one. Its state is its rolling hash alone: a certificate says which sequence that is.
/// @param rollingHash of the last message delivered; the lane's id before the first, and 0 where no lane is open
struct Inbound {
    bytes32 rollingHash;
    uint256 sourceChainId;
}

library LaneWords {
    function remote(LaneWord word) internal pure returns (address) {
        return address(uint160(LaneWord.unwrap(word) >> 96));
    }

    function sequence(LaneWord word) internal pure returns (uint64) {
        return uint64(LaneWord.unwrap(word) >> 32);
    }

    function alertUntil(LaneWord word) internal pure returns (uint256) {
        return uint32(LaneWord.unwrap(word));
    }

    function withAlert(LaneWord word, uint32 until) internal pure returns (LaneWord) {
        return LaneWord.wrap(LaneWord.unwrap(word) & ~uint256(type(uint32).max) | until);
    }

    /// @dev Counting to 2^64 takes longer than there is time: at a million messages a second, 584,942 years.
    function next(LaneWord word) internal pure returns (LaneWord) {
        unchecked {
            return LaneWord.wrap(LaneWord.unwrap(word) + (1 << 32));
        }
    }
}

/// @notice Lane ids and rolling hashes as MESSAGE.md defines them.
library Lanes {
    bytes32 private constant LANE_TYPEHASH = keccak256(
        "Lane(uint256 sourceChainId,address sourceBridge,uint256 destinationChainId,address destinationBridge)"
    );

    /// @notice A lane before its first message.
    function fresh(address remote, bytes32 laneId, uint32 alertUntil) internal pure returns (Outbound memory) {
        return Outbound(LaneWord.wrap(uint256(uint160(remote)) << 96 | alertUntil), laneId);
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

    /// @notice The id of the lane into this chain.
    function inboundId(uint256 sourceChainId, address sourceBridge) internal view returns (bytes32) {
        return id(sourceChainId, sourceBridge, block.chainid, address(this));
    }

    /// @notice The rolling hash one message further.
    function fold(bytes32 rollingHash, bytes32 messageHash) internal pure returns (bytes32) {
        return EfficientHashLib.hash(rollingHash, messageHash);
    }
}
