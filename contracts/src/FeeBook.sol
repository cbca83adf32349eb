// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {LaneBook} from "./LaneBook.sol";
import {CallFee, Route} from "./Routes.sol";
import {Mode} from "./interfaces/IBridge.sol";

/// @notice What sending costs at least. Nobody fills a lane with unpaid work.
abstract contract FeeBook is LaneBook {
    function _route(uint32 assetId, uint256 destinationChainId) internal view returns (Route route) {
        route = _routes[destinationChainId][assetId];
        if (Route.unwrap(route) == 0) {
            if (assetId == 0 || _assets[assetId].mode() == Mode.None) revert UnknownAsset(assetId);
            revert MinimumFeeNotSet(assetId, destinationChainId);
        }
    }

    function _minimumCallFee(uint32 assetId, uint256 destinationChainId, uint32 gasLimit, uint256 length)
        internal
        view
        returns (uint256)
    {
        CallFee memory fee = _callFees[destinationChainId][assetId];
        if (!fee.set) revert MinimumFeeNotSet(assetId, destinationChainId);
        return fee.base + uint256(fee.perGas) * gasLimit + fee.perByte * length;
    }
}
