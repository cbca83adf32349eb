// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AssetWord, AssetWords} from "../AssetWords.sol";
import {Limit, Meter} from "../Meters.sol";
import {Asset, Mode} from "../interfaces/IBridge.sol";
import {IBridgedToken} from "../interfaces/IBridgedToken.sol";
import {IBridgeSettings} from "../interfaces/IBridgeSettings.sol";
import {FeeSettings} from "./FeeSettings.sol";

/// @notice The assets of this chain and their limits.
abstract contract AssetSettings is FeeSettings {
    /// @inheritdoc IBridgeSettings
    function registerAsset(uint32 assetId, address token, Mode mode, Limit calldata inboundLimit_) external restricted {
        if (assetId == 0) revert AssetIdZero();
        if (mode == Mode.None) revert ModeNone();
        if (token == address(this) || token.code.length == 0) revert TokenRefused(token);
        if (_assets[assetId].mode() != Mode.None) revert AssetAlreadyRegistered(assetId, _assets[assetId].token());
        // Two ids for one token would let one of them mint or release what the other counts.
        if (_assetOf[token] != 0) revert TokenAlreadyRegistered(token, _assetOf[token]);

        _assets[assetId] = AssetWords.make(token, mode);
        _assetOf[token] = assetId;
        emit AssetRegistered(assetId, token, mode);
        if (mode != Mode.Mint) _setInboundLimit(assetId, inboundLimit_);
        else if (inboundLimit_.capacity != 0) revert LimitNotHere(assetId);
    }

    /// @inheritdoc IBridgeSettings
    function setInboundLimit(uint32 assetId, Limit calldata limit) external restricted {
        if (_known(assetId).mode() == Mode.Mint) revert LimitNotHere(assetId);
        _setInboundLimit(assetId, limit);
    }

    /// @inheritdoc IBridgeSettings
    function setOutboundLimit(uint32 assetId, Limit calldata limit) external restricted {
        _known(assetId);
        bool limited = limit.capacity != 0;
        Meter meter = _outboundMeter[assetId];
        // One that was off starts as a limit of 0 does: empty, since nobody counted.
        if (limited && !_assets[assetId].limited()) meter = meter.withLimit(Limit(0, limit.period));
        _outboundMeter[assetId] = meter.withLimit(limit);
        _assets[assetId] = _assets[assetId].withLimited(limited);
        _markRoutes(assetId, limited);
        emit OutboundLimitSet(assetId, _outboundMeter[assetId].limit());
    }

    /// @inheritdoc IBridgeSettings
    function setHold(uint32 assetId, uint128 threshold, uint24 hold_) external restricted {
        AssetWord word = _known(assetId).withHold(threshold, hold_);
        _assets[assetId] = word;
        emit HoldSet(assetId, uint128(word.threshold()), hold_);
    }

    /// @inheritdoc IBridgeSettings
    function asset(uint32 assetId) external view returns (Asset memory) {
        AssetWord word = _assets[assetId];
        return Asset(word.token(), word.mode(), uint128(_vault[assetId].count()));
    }

    /// @inheritdoc IBridgeSettings
    function inboundLimit(uint32 assetId) external view returns (Limit memory limit, uint256 available) {
        Meter meter = _inboundMeter(assetId);
        return (meter.limit(), meter.available());
    }

    /// @inheritdoc IBridgeSettings
    function outboundLimit(uint32 assetId) external view returns (Limit memory limit, uint256 available) {
        if (!_assets[assetId].limited()) return (Limit(0, 0), type(uint128).max);
        Meter meter = _outboundMeter[assetId];
        return (meter.limit(), meter.available());
    }

    /// @inheritdoc IBridgeSettings
    function passesAt(uint32 assetId, uint128 amount) external view returns (uint64) {
        return _inboundMeter(assetId).passesAt(amount);
    }

    /// @inheritdoc IBridgeSettings
    function hold(uint32 assetId) external view returns (uint128 threshold, uint24 seconds_) {
        AssetWord word = _assets[assetId];
        return (uint128(word.threshold()), word.hold());
    }

    function _known(uint32 assetId) private view returns (AssetWord word) {
        word = _assets[assetId];
        if (word.mode() == Mode.None) revert UnknownAsset(assetId);
    }

    function _inboundMeter(uint32 assetId) private view returns (Meter) {
        AssetWord word = _known(assetId);
        return word.mode() == Mode.Mint ? IBridgedToken(word.token()).meter(address(this)) : _vault[assetId];
    }

    function _setInboundLimit(uint32 assetId, Limit memory limit) private {
        _vault[assetId] = _vault[assetId].withLimit(limit);
        emit InboundLimitSet(assetId, _vault[assetId].limit());
    }
}
