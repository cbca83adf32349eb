// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Mode} from "./interfaces/IBridge.sol";

/// @notice What `send` must know of an asset and a destination, in one word: token (160 bits) and mode (8), which never change
/// once the asset is registered, and the minimum fee as a number (80) times two to a power (8). 0 where the asset cannot be
/// sent there.
type Route is uint256;

using Routes for Route global;

library Routes {
    error MinimumFeeNotExact(uint128 minimumFee, uint256 multipleOf);

    /// @dev A fee of more than 80 bits must be a multiple of the power of two that brings it down to them.
    function make(address to, Mode mode, uint128 fee) internal pure returns (Route) {
        uint256 shift;
        while (fee >> shift > type(uint80).max) ++shift;
        uint256 units = fee >> shift;
        if (units << shift != fee) revert MinimumFeeNotExact(fee, 1 << shift);
        return Route.wrap(uint256(uint160(to)) << 96 | uint256(mode) << 88 | shift << 80 | units);
    }

    function token(Route route) internal pure returns (address) {
        return address(uint160(Route.unwrap(route) >> 96));
    }

    /// @notice Whether the mode is Mint; it can only be Lock otherwise.
    function mints(Route route) internal pure returns (bool) {
        return uint8(Route.unwrap(route) >> 88) == uint8(Mode.Mint);
    }

    function minimumFee(Route route) internal pure returns (uint256) {
        return uint256(uint80(Route.unwrap(route))) << uint8(Route.unwrap(route) >> 80);
    }
}
