// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {BridgeState} from "./BridgeState.sol";

/// @notice Whether everything, a lane or an asset is paused. What each pause stops stands in README.md.
/// @dev Unpaused, a pause costs nothing to look for: what is read anyway (the head on delivery, a lane's word on sending) says until
/// when it is worth looking at all.
abstract contract Pauses is BridgeState {
    function _requireLaneRuns(uint256 chainId) internal view {
        if (block.timestamp < _head.pausedUntil) revert EverythingIsPaused(_head.pausedUntil);
        uint32 until = _lanePausedUntil[chainId];
        if (block.timestamp < until) revert LaneIsPaused(chainId, until);
    }

    function _requireAssetRuns(uint32 assetId) internal view {
        if (block.timestamp < _head.alertUntil && _assetIsPaused(assetId)) revert AssetIsPaused(assetId, _assetPausedUntil[assetId]);
    }

    function _assetIsPaused(uint32 assetId) internal view returns (bool) {
        return block.timestamp < _assetPausedUntil[assetId];
    }
}
