// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {BridgeState} from "../BridgeState.sol";
import {Inbound, Lanes} from "../Lanes.sol";
import {IBridgeSettings} from "../interfaces/IBridgeSettings.sol";

abstract contract LaneSettings is BridgeState, IBridgeSettings {
    /// @inheritdoc IBridgeSettings
    function openLane(uint256 chainId, address remoteBridge) external restricted {
        if (chainId == 0 || chainId == block.chainid) revert ChainIdRefused(chainId);
        if (remoteBridge == address(0)) revert RemoteBridgeZero();
        if (_outbound[chainId].rollingHash != 0) revert LaneAlreadyOpen(chainId);

        bytes32 outboundLane = Lanes.id(block.chainid, address(this), chainId, remoteBridge);
        bytes32 inboundLane = Lanes.inboundId(chainId, remoteBridge);
        _outbound[chainId] = Lanes.fresh(remoteBridge, outboundLane, _head.alertUntil);
        _inbound[inboundLane] = Inbound(inboundLane, chainId);
        _chainIds.push(chainId);
        emit LaneOpened(chainId, remoteBridge, outboundLane, inboundLane);
    }
}
