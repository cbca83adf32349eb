// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit} from "../../src/Meters.sol";
import {AttackWorld} from "./AttackWorld.sol";

/// @notice Something to lose: 100 units are locked, 10 may leave in an hour, more than 4 at once wait for a day.
abstract contract LossWorld is AttackWorld {
    uint128 internal constant UNIT = 1 << 60; // a bucket keeps it exactly

    function setUp() public virtual override {
        super.setUp();
        _lock(alice, 100 * UNIT, MINIMUM);
        vm.chainId(HOME);
        home.setInboundLimit(ASSET, Limit(10 * UNIT, 1 hours));
        home.setHold(ASSET, 4 * UNIT, 1 days);
    }

    function _loot(uint256 n, uint128 amount) internal view returns (bytes[] memory messages) {
        messages = new bytes[](n);
        for (uint256 i; i < n; ++i) {
            messages[i] = _transfer(mallory, amount, 0);
        }
    }
}
