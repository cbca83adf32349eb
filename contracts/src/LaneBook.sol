// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Inbound, Lanes, LaneWord} from "./Lanes.sol";
import {Pauses} from "./Pauses.sol";
import {ITransfers} from "./interfaces/ITransfers.sol";

/// @notice The lanes of this chain, both directions.
abstract contract LaneBook is Pauses, ITransfers {
    /// @inheritdoc ITransfers
    function outbound(uint256 chainId) external view returns (uint64 sequence, bytes32 rollingHash) {
        return (_outbound[chainId].word.sequence(), _outbound[chainId].rollingHash);
    }

    /// @inheritdoc ITransfers
    function inbound(uint256 chainId) external view returns (bytes32 rollingHash) {
        return _inbound[Lanes.inboundId(chainId, _outbound[chainId].word.remote())].rollingHash;
    }

    /// @inheritdoc ITransfers
    function laneId(uint256 sourceChainId, uint256 destinationChainId) external view returns (bytes32) {
        if (sourceChainId == block.chainid) {
            address remote = _openWord(destinationChainId).remote();
            return Lanes.id(sourceChainId, address(this), destinationChainId, remote);
        }
        if (destinationChainId != block.chainid) revert UnknownLane(destinationChainId);
        return Lanes.inboundId(sourceChainId, _openWord(sourceChainId).remote());
    }

    function _openWord(uint256 chainId) internal view returns (LaneWord word) {
        word = _outbound[chainId].word;
        if (LaneWord.unwrap(word) == 0) revert UnknownLane(chainId);
    }

    function _openInbound(bytes32 lane) internal view returns (Inbound storage found) {
        found = _inbound[lane];
        if (found.rollingHash == 0) revert UnknownLaneId(lane);
    }
}
