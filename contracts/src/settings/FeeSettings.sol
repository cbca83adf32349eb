// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AssetWord} from "../AssetWords.sol";
import {BridgeState} from "../BridgeState.sol";
import {CallFee, Route, Routes} from "../Routes.sol";
import {Fees, Mode} from "../interfaces/IBridge.sol";
import {IBridgeSettings} from "../interfaces/IBridgeSettings.sol";

/// @notice Minimum fees: set by an oracle, within bounds that somebody slower sets.
abstract contract FeeSettings is BridgeState, IBridgeSettings {
    /// @inheritdoc IBridgeSettings
    function setFeeBounds(uint32 assetId, uint256 destinationChainId, Fees calldata lowest, Fees calldata highest)
        external
        restricted
    {
        if (!_within(lowest, lowest, highest)) revert FeesOutOfBounds(assetId, destinationChainId);
        _lowestFees[destinationChainId][assetId] = lowest;
        _highestFees[destinationChainId][assetId] = highest;
        _feesBounded[destinationChainId][assetId] = true;
        emit FeeBoundsSet(assetId, destinationChainId, lowest, highest);
    }

    /// @inheritdoc IBridgeSettings
    function setMinimumFees(uint32 assetId, uint256 destinationChainId, Fees calldata fees) external restricted {
        // Only the routes of open lanes are found again when a limit marks them or a handover closes them.
        if (_outbound[destinationChainId].rollingHash == 0) revert UnknownLane(destinationChainId);
        // Without bounds, fees of 0 would be within them, and an oracle could open what nobody else has.
        bool within = _feesBounded[destinationChainId][assetId]
            && _within(_lowestFees[destinationChainId][assetId], fees, _highestFees[destinationChainId][assetId]);
        if (!within) revert FeesOutOfBounds(assetId, destinationChainId);
        if (fees.callBase > type(uint120).max) revert FeeTooLarge(fees.callBase);
        if (assetId != 0) {
            AssetWord asset_ = _assets[assetId];
            if (asset_.mode() == Mode.None) revert UnknownAsset(assetId);
            if (_handovers[assetId].successor != address(0)) revert ModeWrong(assetId);
            _routes[destinationChainId][assetId] = Routes.make(asset_.token(), asset_.mode(), asset_.limited(), fees);
        }
        _callFees[destinationChainId][assetId] = CallFee(true, uint120(fees.callBase), fees.callPerGas, fees.callPerByte);
        emit MinimumFeesSet(assetId, destinationChainId, fees);
    }

    /// @inheritdoc IBridgeSettings
    function minimumFees(uint32 assetId, uint256 destinationChainId) external view returns (Fees memory fees, bool set) {
        Route route = _routes[destinationChainId][assetId];
        CallFee memory fee = _callFees[destinationChainId][assetId];
        set = fee.set;
        fees.transfer = uint128(route.minimumFee(true));
        fees.transferTo = uint128(route.minimumFee(false));
        (fees.callBase, fees.callPerGas, fees.callPerByte) = (fee.base, fee.perGas, fee.perByte);
    }

    /// @inheritdoc IBridgeSettings
    function feeBounds(uint32 assetId, uint256 destinationChainId) external view returns (Fees memory lowest, Fees memory highest) {
        return (_lowestFees[destinationChainId][assetId], _highestFees[destinationChainId][assetId]);
    }

    function _closeRoutes(uint32 assetId) internal {
        for (uint256 i; i < _chainIds.length; ++i) {
            _routes[_chainIds[i]][assetId] = Route.wrap(0);
            delete _callFees[_chainIds[i]][assetId];
        }
    }

    function _markRoutes(uint32 assetId, bool limited) internal {
        for (uint256 i; i < _chainIds.length; ++i) {
            Route route = _routes[_chainIds[i]][assetId];
            if (Route.unwrap(route) != 0) _routes[_chainIds[i]][assetId] = route.withLimited(limited);
        }
    }

    function _within(Fees memory low, Fees memory fees, Fees memory high) private pure returns (bool) {
        return low.transfer <= fees.transfer && fees.transfer <= high.transfer && low.transferTo <= fees.transferTo
            && fees.transferTo <= high.transferTo && low.callBase <= fees.callBase && fees.callBase <= high.callBase
            && low.callPerGas <= fees.callPerGas && fees.callPerGas <= high.callPerGas && low.callPerByte <= fees.callPerByte
            && fees.callPerByte <= high.callPerByte;
    }
}
