// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit, Meter} from "../../src/Meters.sol";

/// @notice One meter, with doors to everything about it.
contract MeterHarness {
    Meter public meter;

    function set(Limit calldata limit_) external {
        meter = meter.withLimit(limit_);
    }

    function take(uint256 amount) external returns (bool passed) {
        Meter next;
        (passed, next) = meter.take(amount);
        if (passed) meter = next;
    }

    function increase(uint256 amount) external {
        meter = meter.increase(amount);
    }

    function decrease(uint256 amount) external {
        meter = meter.decrease(amount);
    }

    /// @dev Whether it would pass, with nothing taken.
    function passes(uint256 amount) external view returns (bool yes) {
        (yes,) = meter.take(amount);
    }

    function passesAt(uint256 amount) external view returns (uint64) {
        return meter.passesAt(amount);
    }

    function available() external view returns (uint256) {
        return meter.available();
    }

    function count() external view returns (uint256) {
        return meter.count();
    }

    function limit() external view returns (Limit memory) {
        return meter.limit();
    }
}
