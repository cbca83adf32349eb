// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {LibBit} from "solady/utils/LibBit.sol";

/// @notice Amounts of up to 128 bits in fewer: a mantissa in the low bits and, above it, the power of two that it counts.
library Floats {
    error NotExact(uint256 value, uint256 multipleOf);

    function decode(uint256 float, uint256 mantissaBits) internal pure returns (uint256) {
        unchecked {
            return (float & (1 << mantissaBits) - 1) << (float >> mantissaBits);
        }
    }

    /// @notice The greatest that fits and is not above `value`.
    function encodeDown(uint256 value, uint256 mantissaBits) internal pure returns (uint256) {
        uint256 exponent = _exponent(value, mantissaBits);
        return exponent << mantissaBits | value >> exponent;
    }

    /// @notice Reverts unless `value` fits without loss.
    function encodeExact(uint256 value, uint256 mantissaBits) internal pure returns (uint256 float) {
        float = encodeDown(value, mantissaBits);
        if (decode(float, mantissaBits) != value) revert NotExact(value, 1 << _exponent(value, mantissaBits));
    }

    function _exponent(uint256 value, uint256 mantissaBits) private pure returns (uint256) {
        if (value >> mantissaBits == 0) return 0;
        return LibBit.fls(value) + 1 - mantissaBits;
    }
}
