// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ValidatorChecks} from "./ValidatorChecks.sol";

/// @notice I-28, I-30, and whatever was judged where somebody acted.
abstract contract GuardChecks is ValidatorChecks {
    function checkGuards() external {
        for (uint256 rule; broken >> rule != 0; ++rule) {
            if (broken >> rule & 1 == 1) assertTrue(false, string.concat("I-", vm.toString(rule), ", see tests/INVARIANTS.md"));
        }
        _ofBridge_(true);
        _ofBridge_(false);
    }

    function _ofBridge_(bool atHome) private {
        _enter(atHome);
        _same(_configuration(atHome), _seals[atHome], "I-28 only those with a role changed anything");
        Pauses storage book = _pauses[atHome];
        for (uint32 id = 1; id <= LAST; ++id) {
            (uint64 everything, uint64 lane, uint64 asset) = _bridge(atHome).pausedUntil(_chain(!atHome), id);
            bool soon = everything <= time + 3 days && lane <= time + 3 days && asset <= time + 3 days;
            _check(soon, "I-30 a pause ends by itself within three days");
            bool asSet = everything == book.everything && lane == book.lane && asset == book.assets[id];
            _check(asSet, "I-30 what is paused is what the guardian paused");
        }
    }
}
