// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {Traffic} from "./invariants/Traffic.sol";

/// @notice Two chains, six assets, honest people and others. tests/INVARIANTS.md lists what is checked after every action, by number.
/// FOUNDRY_INVARIANT_RUNS and FOUNDRY_INVARIANT_DEPTH make it look longer.
contract InvariantsTest is Test {
    Traffic private traffic;

    function setUp() public {
        traffic = Traffic(deployCode("Traffic.sol:Traffic"));
        targetContract(address(traffic));
        targetSelector(FuzzSelector(address(traffic), traffic.actions()));
    }

    /// @dev Most of the time goes into looking, so it looks after every fourth action; what an action itself shows is judged there.
    /// forge-config: default.invariant.check_interval = 4
    function invariant_Everything_that_always_holds() public {
        _look();
    }

    /// @dev A check of what never happens says nothing. This is one long day, the same every time, and everything happens in it.
    function test_Everything_that_is_checked_does_happen() public {
        bytes4[] memory actions = traffic.actions();
        for (uint256 i; i < 4000; ++i) {
            (bytes32 a, bytes32 b) = (keccak256(abi.encode(i, "a")), keccak256(abi.encode(i, "b")));
            bytes memory input = abi.encodePacked(
                actions[uint256(a) % actions.length], uint256(b) % 2, uint256(a) >> 8, uint256(b) >> 8, uint256(a) >> 64, uint256(b) >> 72, uint256(a) >> 128
            );
            (bool done, bytes memory reason) = address(traffic).call(input);
            if (!done) {
                assembly {
                    revert(add(reason, 0x20), mload(reason))
                }
            }
            if (i % 40 == 0) _look();
        }
        _look();
        string[52] memory all = [
            "sent from home", "sent from away", "wrong value", "outbound limit exceeded", "fee too low",
            "call without tokens sent", "call with tokens sent", "another's name refused",
            "delivered", "delivered by the previous set", "held", "deferred", "called",
            "retried", "retried after its hold", "refunded by its recipient", "refunded by anyone",
            "paused", "lane paused", "asset paused", "unpaused",
            "inbound limit set", "outbound limit ended", "outbound limit set", "mint limit lowered", "higher mint limit refused",
            "announced mint limit set", "mint limit not set yet", "hold set",
            "rotation too early", "rotation activated", "rotation cancelled", "overlap ended", "rotation ordered",
            "fees out of bounds", "fees set", "handover too early", "handed over",
            "forged", "no epoch", "pending epoch", "cancelled epoch", "past epoch", "no signatures", "replayed", "altered",
            "skipped", "usurped", "usurped by the previous set", "cancelled rotation ordered again", "trespassed", "overstepped"
        ];
        for (uint256 i; i < all.length; ++i) {
            assertGt(traffic.reached(all[i]), 0, all[i]);
        }
        assertGt(traffic.reached("trespassed on a token"), 0);
        assertGt(traffic.reached("inner door"), 0);
        assertGt(traffic.reached("waited"), 0);
        assertGt(traffic.reached("donated"), 0);
    }

    function _look() private {
        traffic.checkGuards();
        traffic.checkMoney();
        traffic.checkLanes();
        traffic.checkValidators();
    }
}
