// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {AssetWord} from "../AssetWords.sol";
import {Mode} from "../interfaces/IBridge.sol";
import {IBridgeSettings} from "../interfaces/IBridgeSettings.sol";
import {FeeSettings} from "./FeeSettings.sol";
import {PauseSettings} from "./PauseSettings.sol";

/// @notice How an asset moves to this Bridge's successor: announced, waited for, paused, and all of it at once.
abstract contract HandoverSettings is FeeSettings, PauseSettings {
    using SafeERC20 for IERC20;

    /// @inheritdoc IBridgeSettings
    uint64 public constant HANDOVER_DELAY = 7 days;

    /// @inheritdoc IBridgeSettings
    function announceHandover(uint32 assetId, address successor) external restricted {
        if (_assets[assetId].mode() == Mode.None) revert UnknownAsset(assetId);
        if (_assets[assetId].mode() == Mode.Mint) revert ModeWrong(assetId);
        uint64 readyAt = successor == address(0) ? 0 : uint64(block.timestamp) + HANDOVER_DELAY;
        _handovers[assetId] = Handover(successor, readyAt);
        _closeRoutes(assetId);
        emit HandoverAnnounced(assetId, successor, readyAt);
    }

    /// @inheritdoc IBridgeSettings
    function handover(uint32 assetId) external restricted {
        Handover memory to = _handovers[assetId];
        if (to.successor == address(0)) revert HandoverNotAnnounced(assetId);
        if (block.timestamp < to.readyAt) revert HandoverTooEarly(to.readyAt);
        if (!_assetIsPaused(assetId)) revert AssetNotPaused(assetId);
        AssetWord word = _assets[assetId];
        uint256 locked = _vault[assetId].count();

        _vault[assetId] = _vault[assetId].decrease(locked);
        emit HandedOver(assetId, to.successor, locked);

        if (word.mode() == Mode.Lock) IERC20(word.token()).safeTransfer(to.successor, locked);
        else IHandoverReceiver(to.successor).receiveHandover{value: locked}(assetId);
    }

    /// @inheritdoc IBridgeSettings
    function pendingHandover(uint32 assetId) external view returns (address successor, uint64 readyAt) {
        return (_handovers[assetId].successor, _handovers[assetId].readyAt);
    }
}

/// @notice A Bridge that can take over a chain's own coin.
interface IHandoverReceiver {
    function receiveHandover(uint32 assetId) external payable;
}
