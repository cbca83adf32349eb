// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Floats} from "./Floats.sol";
import {Mode} from "./interfaces/IBridge.sol";

/// @notice An asset as every run of delivered messages reads it, in one word: its token (160 bits), for how many seconds a larger
/// transfer is held (24), from above which amount on (32, see Floats; 0 where none is held), whether it has an outbound limit (8),
/// and its mode (8). 0 where the id is not registered.
type AssetWord is uint256;

using AssetWords for AssetWord global;

library AssetWords {
    uint256 private constant LIMITED = 1 << 8;
    uint256 private constant THRESHOLD_AT = 16;
    uint256 private constant HOLD_AT = 48;
    uint256 private constant TOKEN_AT = 96;
    uint256 private constant MANTISSA = 24;

    function make(address token_, Mode mode_) internal pure returns (AssetWord) {
        return AssetWord.wrap(uint256(uint160(token_)) << TOKEN_AT | uint256(mode_));
    }

    function withLimited(AssetWord asset, bool limited_) internal pure returns (AssetWord) {
        uint256 word = AssetWord.unwrap(asset);
        return AssetWord.wrap(limited_ ? word | LIMITED : word & ~LIMITED);
    }

    /// @param threshold_ rounded down to 24 significant bits
    function withHold(AssetWord asset, uint128 threshold_, uint24 seconds_) internal pure returns (AssetWord) {
        uint256 rest = AssetWord.unwrap(asset) & ~(uint256(type(uint56).max) << THRESHOLD_AT);
        uint256 float = Floats.encodeDown(threshold_, MANTISSA);
        return AssetWord.wrap(rest | uint256(seconds_) << HOLD_AT | float << THRESHOLD_AT);
    }

    function mode(AssetWord asset) internal pure returns (Mode) {
        return Mode(uint8(AssetWord.unwrap(asset)));
    }

    function token(AssetWord asset) internal pure returns (address) {
        return address(uint160(AssetWord.unwrap(asset) >> TOKEN_AT));
    }

    function limited(AssetWord asset) internal pure returns (bool) {
        return AssetWord.unwrap(asset) & LIMITED != 0;
    }

    function threshold(AssetWord asset) internal pure returns (uint256) {
        return Floats.decode(uint32(AssetWord.unwrap(asset) >> THRESHOLD_AT), MANTISSA);
    }

    /// @notice What a message may bring at most without being held.
    function most(AssetWord asset) internal pure returns (uint256 amount) {
        amount = asset.threshold();
        if (amount == 0) amount = type(uint256).max;
    }

    function hold(AssetWord asset) internal pure returns (uint24) {
        return uint24(AssetWord.unwrap(asset) >> HOLD_AT);
    }
}
