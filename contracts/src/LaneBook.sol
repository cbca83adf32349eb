// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Lane, Lanes, LaneWord} from "./Lanes.sol";
import {IBridge} from "./interfaces/IBridge.sol";

/// @notice The lanes of this chain, both directions.
abstract contract LaneBook is IBridge, AccessManaged {
    mapping(uint256 chainId => Lane) internal _outbound;
    mapping(uint256 chainId => Lane) internal _inbound;

    /// @inheritdoc IBridge
    function openLane(uint256 chainId, address remoteBridge) external restricted {
        if (chainId == 0 || chainId == block.chainid) revert ChainIdRefused(chainId);
        if (remoteBridge == address(0)) revert RemoteBridgeZero();
        if (_outbound[chainId].word.remote() != address(0)) revert LaneAlreadyOpen(chainId);

        bytes32 outboundLane = Lanes.id(block.chainid, address(this), chainId, remoteBridge);
        bytes32 inboundLane = _inboundId(chainId, remoteBridge);
        _outbound[chainId] = Lanes.fresh(remoteBridge, outboundLane);
        _inbound[chainId] = Lanes.fresh(remoteBridge, inboundLane);
        emit LaneOpened(chainId, remoteBridge, outboundLane, inboundLane);
    }

    /// @inheritdoc IBridge
    function outbound(uint256 chainId) external view returns (uint64 sequence, bytes32 rollingHash) {
        return (_outbound[chainId].word.sequence(), _outbound[chainId].rollingHash);
    }

    /// @inheritdoc IBridge
    function inbound(uint256 chainId) external view returns (uint64 sequence, bytes32 rollingHash) {
        return (_inbound[chainId].word.sequence(), _inbound[chainId].rollingHash);
    }

    /// @inheritdoc IBridge
    function laneId(uint256 sourceChainId, uint256 destinationChainId) external view returns (bytes32) {
        if (sourceChainId == block.chainid) {
            address remote = _openWord(_outbound[destinationChainId], destinationChainId).remote();
            return Lanes.id(sourceChainId, address(this), destinationChainId, remote);
        }
        if (destinationChainId != block.chainid) revert UnknownLane(destinationChainId);
        return _inboundId(sourceChainId, _openWord(_inbound[sourceChainId], sourceChainId).remote());
    }

    function _inboundId(uint256 chainId, address remote) internal view returns (bytes32) {
        return Lanes.id(chainId, remote, block.chainid, address(this));
    }

    function _openWord(Lane storage lane, uint256 chainId) internal view returns (LaneWord word) {
        word = lane.word;
        if (LaneWord.unwrap(word) == 0) revert UnknownLane(chainId);
    }
}
