// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Floats} from "../../src/Floats.sol";
import {Route, Routes} from "../../src/Routes.sol";
import {Fees, Mode} from "../../src/interfaces/IBridge.sol";

/// @notice Doors to what reverts inside a library.
contract WordHarness {
    function encodeExact(uint256 value, uint256 mantissaBits) external pure returns (uint256) {
        return Floats.encodeExact(value, mantissaBits);
    }

    function make(address to, Mode mode, bool limited, Fees memory fees) external pure returns (Route) {
        return Routes.make(to, mode, limited, fees);
    }
}
