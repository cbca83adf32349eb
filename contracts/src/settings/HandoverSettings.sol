// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {AssetWord} from "../AssetWords.sol";
import {Mode} from "../interfaces/IBridge.sol";
import {IBridgeSettings} from "../interfaces/IBridgeSettings.sol";
import {IHandoverReceiver} from "../interfaces/IHandoverReceiver.sol";
import {FeeSettings} from "./FeeSettings.sol";
import {PauseSettings} from "./PauseSettings.sol";

/// @notice How an asset moves to this Bridge's successor: announced, waited for, paused, and all of it at once, for ever.
abstract contract HandoverSettings is FeeSettings, PauseSettings {
    using SafeERC20 for IERC20;

    /// @inheritdoc IBridgeSettings
    uint64 public constant HANDOVER_DELAY = 7 days;

    /// @inheritdoc IBridgeSettings
    function announceHandover(uint32 assetId, address successor) external restricted {
        _requireVault(assetId);
        _requireNotHandedOver(assetId);
        uint64 readyAt = successor == address(0) ? 0 : uint64(block.timestamp) + HANDOVER_DELAY;
        _handovers[assetId] = Handover(successor, readyAt, false);
        _closeRoutes(assetId);
        emit HandoverAnnounced(assetId, successor, readyAt);
    }

    /// @inheritdoc IBridgeSettings
    function handover(uint32 assetId) external restricted {
        Handover memory to = _handovers[assetId];
        if (to.successor == address(0)) revert HandoverNotAnnounced(assetId);
        _requireNotHandedOver(assetId);
        if (block.timestamp < to.readyAt) revert HandoverTooEarly(to.readyAt);
        if (!_assetIsPaused(assetId)) revert AssetNotPaused(assetId);
        uint256 locked = _vault[assetId].count();

        _vault[assetId] = _vault[assetId].decrease(locked);
        _handovers[assetId].done = true;
        emit HandedOver(assetId, to.successor, locked);

        _give(_assets[assetId], assetId, to.successor, locked);
    }

    /// @inheritdoc IBridgeSettings
    function expectHandover(uint32 assetId, address predecessor) external restricted {
        _requireVault(assetId);
        _predecessors[assetId] = predecessor;
        emit HandoverExpected(assetId, predecessor);
    }

    /// @inheritdoc IBridgeSettings
    function pendingHandover(uint32 assetId) external view returns (address successor, uint64 readyAt) {
        return (_handovers[assetId].successor, _handovers[assetId].readyAt);
    }

    function _give(AssetWord asset, uint32 assetId, address successor, uint256 amount) private {
        if (asset.mode() == Mode.Native) return IHandoverReceiver(successor).receiveHandover{value: amount}(assetId, amount);
        IERC20 token = IERC20(asset.token());
        uint256 before = token.balanceOf(address(this));
        token.forceApprove(successor, amount);
        IHandoverReceiver(successor).receiveHandover(assetId, amount);
        // A successor that answered without pulling would leave the asset with nobody who counts it.
        uint256 taken = before - token.balanceOf(address(this));
        if (taken != amount) revert HandoverNotTaken(assetId, taken, amount);
    }

    /// @dev Only what is kept here can be handed over.
    function _requireVault(uint32 assetId) private view {
        Mode mode = _assets[assetId].mode();
        if (mode == Mode.None) revert UnknownAsset(assetId);
        if (mode == Mode.Mint) revert ModeWrong(assetId);
    }

    function _requireNotHandedOver(uint32 assetId) private view {
        if (_handovers[assetId].done) revert AlreadyHandedOver(assetId, _handovers[assetId].successor);
    }
}
