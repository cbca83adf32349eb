// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Pauses} from "../Pauses.sol";
import {Outbound} from "../Lanes.sol";
import {IBridgeSettings} from "../interfaces/IBridgeSettings.sol";

/// @notice Pauses of everything, of a lane, of an asset. Each ends by itself.
abstract contract PauseSettings is Pauses, IBridgeSettings {
    /// @inheritdoc IBridgeSettings
    uint32 public constant PAUSE = 3 days;

    /// @inheritdoc IBridgeSettings
    function pause() external restricted {
        uint32 until = _alert();
        _head.pausedUntil = until;
        emit Paused(until);
    }

    /// @inheritdoc IBridgeSettings
    function pauseLane(uint256 chainId) external restricted {
        if (_outbound[chainId].rollingHash == 0) revert UnknownLane(chainId);
        uint32 until = _alert();
        _lanePausedUntil[chainId] = until;
        emit LanePaused(chainId, until);
    }

    /// @inheritdoc IBridgeSettings
    function pauseAsset(uint32 assetId) external restricted {
        // Calls without tokens are of asset 0: a pause of their lane stops them, this one would stop half of their way.
        if (assetId == 0) revert AssetIdZero();
        uint32 until = _alert();
        _assetPausedUntil[assetId] = until;
        emit AssetPaused(assetId, until);
    }

    /// @inheritdoc IBridgeSettings
    function unpause() external restricted {
        _head.pausedUntil = 0;
        emit Unpaused();
    }

    /// @inheritdoc IBridgeSettings
    function unpauseLane(uint256 chainId) external restricted {
        _lanePausedUntil[chainId] = 0;
        emit LaneUnpaused(chainId);
    }

    /// @inheritdoc IBridgeSettings
    function unpauseAsset(uint32 assetId) external restricted {
        _assetPausedUntil[assetId] = 0;
        emit AssetUnpaused(assetId);
    }

    /// @inheritdoc IBridgeSettings
    function pausedUntil(uint256 chainId, uint32 assetId) external view returns (uint64 everything, uint64 lane, uint64 asset_) {
        return (_head.pausedUntil, _lanePausedUntil[chainId], _assetPausedUntil[assetId]);
    }

    /// @dev Has everybody look for pauses until the new one ends. Lanes are few: each costs 5,000 gas here.
    function _alert() private returns (uint32 until) {
        until = uint32(block.timestamp) + PAUSE;
        _head.alertUntil = until;
        for (uint256 i; i < _chainIds.length; ++i) {
            Outbound storage lane = _outbound[_chainIds[i]];
            lane.word = lane.word.withAlert(until);
        }
    }
}
