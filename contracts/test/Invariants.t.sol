// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Traffic} from "./support/Traffic.sol";
import {Test} from "forge-std/Test.sol";

/// @notice Two chains and random traffic of two assets between them, some of which is deferred on the way.
contract InvariantsTest is Test {
    Traffic private traffic;

    function setUp() public {
        traffic = Traffic(deployCode("Traffic.sol:Traffic"));
        targetContract(address(traffic));
        bytes4[] memory selectors = new bytes4[](6);
        selectors[0] = Traffic.sendFromHome.selector;
        selectors[1] = Traffic.sendFromAway.selector;
        selectors[2] = Traffic.deliver.selector;
        selectors[3] = Traffic.retry.selector;
        selectors[4] = Traffic.setBlacklisted.selector;
        selectors[5] = Traffic.donate.selector;
        targetSelector(FuzzSelector(address(traffic), selectors));
    }

    /// @dev What is locked is what exists away, what is under way in either direction, and what waits deferred.
    function invariant_Locked_is_minted_and_in_flight_and_deferred() public view {
        for (uint32 id = 1; id <= 2; ++id) {
            assertEq(
                traffic.locked(id),
                traffic.minted(id) + traffic.inFlight(id) + traffic.waiting(id),
                "locked = minted + in flight + deferred"
            );
        }
    }

    function invariant_The_vault_holds_what_is_locked_and_what_was_donated() public view {
        for (uint32 id = 1; id <= 2; ++id) {
            assertEq(traffic.vault(id), traffic.locked(id) + traffic.donated(id));
        }
    }

    function invariant_Rolling_hashes_are_those_of_the_messages_in_order() public view {
        traffic.checkLane(true);
        traffic.checkLane(false);
    }

    function invariant_Every_delivered_message_took_effect_once_or_waits() public view {
        traffic.checkEffects(true);
        traffic.checkEffects(false);
    }
}
