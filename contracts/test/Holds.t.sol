// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {IBridgeSettings} from "../src/interfaces/IBridgeSettings.sol";
import {Scenes} from "./support/Scenes.sol";

/// @notice Messages of more than a threshold wait, so that somebody can look at them.
contract HoldsTest is Scenes {
    function setUp() public {
        _makeScene();
        _lock(alice, 1 ether, 0);
        vm.expectEmit(address(home));
        emit IBridgeEvents.HoldSet(ASSET, 1000, 1 days);
        home.setHold(ASSET, 1000, 1 days);
    }

    function _larger(uint256 amount, uint256 threshold_) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IBridgeErrors.LargerThanThreshold.selector, amount, threshold_);
    }

    function _hold(bytes memory message) private returns (uint64 sequence, uint64 until) {
        until = _now() + 1 days;
        sequence = _deliverDeferring(_home(), _away(), _list(message), 0, until, _larger(1001, 1000));
    }

    function _expectHeld(uint64 until) private {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.StillHeld.selector, until));
    }

    function test_A_larger_message_is_held_alone_and_the_others_are_paid() public {
        bytes[] memory messages = _list(_transfer(alice, 1000, 1), _transfer(bob, 1001, 1), _transfer(carol, 999, 1));
        uint64 until = _now() + 1 days;
        _deliverDeferring(_home(), _away(), messages, 1, until, _larger(1001, 1000));
        assertEq(original.balanceOf(alice), 999);
        assertEq(original.balanceOf(bob), 0);
        assertEq(original.balanceOf(carol), 998);
        assertEq(original.balanceOf(deliverer), 2);

        (bytes32 hash, uint64 since, uint64 heldUntil) = home.deferral(_awayToHome(), 2);
        assertEq(hash, keccak256(messages[1]));
        assertEq(since, _now());
        assertEq(heldUntil, until);
    }

    function test_It_is_retried_once_the_time_is_over_and_not_before() public {
        bytes memory message = _transfer(bob, 1001, 1);
        (uint64 sequence, uint64 until) = _hold(message);
        vm.warp(until - 1);
        _expectHeld(until);
        home.retry(_awayToHome(), sequence, message);
        vm.warp(until);
        vm.prank(carol);
        home.retry(_awayToHome(), sequence, message);
        assertEq(original.balanceOf(bob), 1000);
        assertEq(original.balanceOf(carol), 1);
    }

    function test_A_call_that_brings_more_is_held_as_well() public {
        bytes memory message = _callMessage(ASSET, bob, 1001, 0, alice, "payload");
        _hold(message);
        uint64 until = _now() + 1 days;
        _deliverDeferring(_home(), _away(), _list(_transfer(bob, 1, 0), message), 1, until, _larger(1001, 1000));
    }

    function test_A_change_counts_for_what_is_delivered_after_it() public {
        bytes memory message = _transfer(bob, 1001, 0);
        (uint64 sequence, uint64 until) = _hold(message);
        home.setHold(ASSET, 0, 0);
        _expectHeld(until);
        home.retry(_awayToHome(), sequence, message);
        _deliver(_home(), _away(), _transfer(carol, 0.1 ether, 0));
        assertEq(original.balanceOf(carol), 0.1 ether);

        home.setHold(ASSET, 10, 7 days);
        _deliverDeferring(_home(), _away(), _list(_transfer(carol, 11, 0)), 0, _now() + 7 days, _larger(11, 10));
        _expectHeld(until);
        home.retry(_awayToHome(), sequence, message);
        vm.warp(until);
        home.retry(_awayToHome(), sequence, message);
        assertEq(original.balanceOf(bob), 1001);
    }

    /// @dev Larger comes before paused: what is released from a pause must not escape the hold.
    function test_A_larger_message_of_a_paused_asset_is_held() public {
        vm.prank(guardian);
        home.pauseAsset(ASSET);
        bytes memory message = _transfer(bob, 1001, 0);
        (uint64 sequence, uint64 until) = _hold(message);
        home.unpauseAsset(ASSET);
        _expectHeld(until);
        home.retry(_awayToHome(), sequence, message);
    }

    function test_The_view_gives_the_threshold_rounded_down() public {
        (uint128 least, uint24 wait) = home.hold(ASSET);
        assertEq(least, 1000);
        assertEq(wait, 1 days);
        vm.expectEmit(address(home));
        emit IBridgeEvents.HoldSet(ASSET, 1 << 24, 5);
        home.setHold(ASSET, (1 << 24) + 1, 5);
        (least, wait) = home.hold(ASSET);
        assertEq(least, 1 << 24);
        (least, wait) = home.hold(8);
        assertEq(least, 0);
    }

    function test_Only_the_role_that_may_sets_it_and_for_registered_assets() public {
        address[3] memory others = [alice, guardian, oracle];
        for (uint256 i; i < 3; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[i]));
            home.setHold(ASSET, 0, 0);
        }
        _allow(home, IBridgeSettings.setHold.selector, 9);
        manager.grantRole(9, carol, 0);
        vm.startPrank(carol);
        home.setHold(ASSET, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownAsset.selector, 8));
        home.setHold(8, 1, 1);
        vm.stopPrank();
    }
}
