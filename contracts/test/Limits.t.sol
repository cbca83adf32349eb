// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Limit, Meters} from "../src/Meters.sol";
import {Call, IBridge, Mode} from "../src/interfaces/IBridge.sol";
import {IBridgedToken} from "../src/interfaces/IBridgedToken.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {IBridgeSettings} from "../src/interfaces/IBridgeSettings.sol";
import {Scenes} from "./support/Scenes.sol";

/// @notice Limits of what goes out of a Bridge's vault, into circulation, and onto a lane.
contract LimitsTest is Scenes {
    uint64 private constant NEVER = type(uint64).max;

    function setUp() public {
        _makeScene();
        _lock(alice, 1 ether, 0);
    }

    function _inboundError(uint256 amount, uint64 passesAt) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IBridgeErrors.InboundLimitExceeded.selector, ASSET, amount, passesAt);
    }

    function _outboundError(uint256 amount, uint64 passesAt) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IBridgeErrors.OutboundLimitExceeded.selector, ASSET, amount, passesAt);
    }

    function _assertInbound(IBridge bridge, uint128 capacity, uint32 period, uint256 available) private view {
        (Limit memory limit, uint256 left) = bridge.inboundLimit(ASSET);
        assertEq(limit.capacity, capacity);
        assertEq(limit.period, period);
        assertEq(left, available);
    }

    function _assertOutbound(uint128 capacity, uint32 period, uint256 available) private view {
        (Limit memory limit, uint256 left) = home.outboundLimit(ASSET);
        assertEq(limit.capacity, capacity);
        assertEq(limit.period, period);
        assertEq(left, available);
    }

    function test_What_the_vaults_bucket_does_not_hold_is_deferred_until_it_does() public {
        vm.expectEmit(address(home));
        emit IBridgeEvents.InboundLimitSet(ASSET, Limit(1000, 100));
        home.setInboundLimit(ASSET, Limit(1000, 100));
        _deliver(_home(), _away(), _transfer(bob, 600, 0));
        _assertInbound(home, 1000, 100, 400);
        uint64 at = _now() + 20;
        assertEq(home.passesAt(ASSET, 600), at);
        assertEq(home.passesAt(ASSET, 400), _now());
        assertEq(home.passesAt(ASSET, 1001), NEVER);

        bytes memory message = _transfer(bob, 600, 0);
        _deliverDeferring(_home(), _away(), _list(message), 0, 0, _inboundError(600, at));
        _assertInbound(home, 1000, 100, 400);
        _later(19);
        _expectRetryFails(_inboundError(600, at));
        home.retry(_awayToHome(), 2, message);
        _later(1);
        home.retry(_awayToHome(), 2, message);
        assertEq(original.balanceOf(bob), 1200);
        _assertInbound(home, 1000, 100, 0);
    }

    function test_Of_a_run_that_is_too_much_each_message_that_fits_is_paid() public {
        home.setInboundLimit(ASSET, Limit(1000, 100));
        bytes[] memory messages = _list(_transfer(alice, 600, 1), _transfer(bob, 600, 1), _transfer(carol, 400, 1));
        _deliverDeferring(_home(), _away(), messages, 1, 0, _inboundError(600, _now() + 20));
        assertEq(original.balanceOf(alice), 599);
        assertEq(original.balanceOf(bob), 0);
        assertEq(original.balanceOf(carol), 399);
        assertEq(home.asset(ASSET).locked, 1 ether - 1000);
    }

    function test_More_than_the_bucket_ever_holds_waits_for_another_limit() public {
        home.setInboundLimit(ASSET, Limit(1000, 100));
        bytes memory message = _transfer(bob, 1001, 0);
        _deliverDeferring(_home(), _away(), _list(message), 0, 0, _inboundError(1001, NEVER));
        _later(1000);
        _expectRetryFails(_inboundError(1001, NEVER));
        home.retry(_awayToHome(), 1, message);
        home.setInboundLimit(ASSET, Limit(1001, 100));
        home.retry(_awayToHome(), 1, message);
    }

    function test_What_the_tokens_bucket_does_not_hold_is_deferred_until_it_does() public {
        wrapped.lowerBridge(address(away), Limit(3600, 1 hours));
        _deliver(_away(), _home(), _transfer(bob, 3000, 0));
        _assertInbound(away, 3600, 1 hours, 600);
        uint64 at = _now() + 400;
        assertEq(away.passesAt(ASSET, 1000), at);
        assertEq(away.passesAt(ASSET, 3601), NEVER);

        bytes memory message = _transfer(bob, 1000, 0);
        bytes memory reason = abi.encodeWithSelector(IBridgedToken.MintLimitExceeded.selector, address(away), 1000, at);
        _deliverDeferring(_away(), _home(), _list(message), 0, 0, reason);
        _later(399);
        _expectRetryFails(reason);
        away.retry(_homeToAway(), 2, message);
        _later(1);
        away.retry(_homeToAway(), 2, message);
        assertEq(wrapped.balanceOf(bob), 4000);
        _assertInbound(away, 3600, 1 hours, 0);
    }

    function test_Setting_the_same_limit_again_refills_nothing() public {
        home.setInboundLimit(ASSET, Limit(1000, 100));
        _deliver(_home(), _away(), _transfer(bob, 1000, 0));
        home.setInboundLimit(ASSET, Limit(1000, 100));
        _assertInbound(home, 1000, 100, 0);
        home.setInboundLimit(ASSET, Limit(0, 100));
        home.setInboundLimit(ASSET, Limit(1000, 100));
        _assertInbound(home, 1000, 100, 0);
    }

    function test_An_outbound_limit_starts_empty_and_fills() public {
        _assertOutbound(0, 0, type(uint128).max);
        vm.expectEmit(address(home));
        emit IBridgeEvents.OutboundLimitSet(ASSET, Limit(1000, 100));
        home.setOutboundLimit(ASSET, Limit(1000, 100));
        _assertOutbound(1000, 100, 0);
        original.mint(alice, 10_000);
        vm.startPrank(alice);
        original.approve(address(home), 10_000);
        vm.expectRevert(_outboundError(1, _now() + 1));
        home.send(AWAY, ASSET, alice, 1, 0);
        _later(60);
        _assertOutbound(1000, 100, 600);
        home.send(AWAY, ASSET, alice, 500, 0);
        vm.expectRevert(_outboundError(101, _now() + 1));
        home.send(AWAY, ASSET, alice, 101, 0);
        vm.expectRevert(_outboundError(1001, NEVER));
        home.send(AWAY, ASSET, alice, 1001, 0);
        _later(90);
        home.send(AWAY, ASSET, alice, 1000, 0);
        vm.stopPrank();
    }

    function test_An_outbound_limit_that_is_set_again_or_ended_and_set_refills_nothing() public {
        home.setOutboundLimit(ASSET, Limit(1000, 100));
        _later(100);
        _lock(alice, 700, 0);
        home.setOutboundLimit(ASSET, Limit(1000, 100));
        _assertOutbound(1000, 100, 300);
        home.setOutboundLimit(ASSET, Limit(0, 1));
        _assertOutbound(0, 0, type(uint128).max);
        _lock(alice, 1 ether, 0);
        home.setOutboundLimit(ASSET, Limit(1000, 100));
        _assertOutbound(1000, 100, 0);
    }

    function test_An_outbound_limit_is_one_for_all_destinations_those_that_come_later_too() public {
        home.openLane(5, address(away));
        _setFee(home, ASSET, 5, 0);
        home.openLane(6, address(away));
        home.setOutboundLimit(ASSET, Limit(1000, 100));
        _setFee(home, ASSET, 6, 0);
        _setFee(home, ASSET, AWAY, 0);
        original.mint(alice, 10_000);
        uint256[3] memory destinations = [AWAY, 5, 6];
        vm.prank(alice);
        original.approve(address(home), 10_000);
        for (uint256 i; i < 3; ++i) {
            vm.prank(alice);
            vm.expectRevert(_outboundError(1, _now() + 1));
            home.send(destinations[i], ASSET, alice, 1, 0);
        }
        home.setOutboundLimit(ASSET, Limit(0, 1));
        for (uint256 i; i < 3; ++i) {
            vm.prank(alice);
            home.send(destinations[i], ASSET, alice, 1000, 0);
        }
    }

    function test_Calls_with_tokens_are_limited_as_well() public {
        home.setOutboundLimit(ASSET, Limit(1000, 100));
        Call memory call = Call(AWAY, ASSET, alice, bob, 10, 0, 1, "");
        vm.startPrank(alice);
        vm.expectRevert(_outboundError(10, _now() + 1));
        home.sendCall(call);
        call.amount = 0;
        home.sendCall(call);
        vm.stopPrank();
    }

    function test_What_is_burned_is_limited_where_it_is_burned() public {
        _deliver(_away(), _home(), _transfer(alice, 1000, 0));
        away.setOutboundLimit(ASSET, Limit(100, 100));
        vm.startPrank(alice);
        vm.expectRevert(_outboundError(1, _now() + 1));
        away.send(HOME, ASSET, alice, 1, 0);
        _later(1);
        away.send(HOME, ASSET, alice, 1, 0);
        vm.stopPrank();
        assertEq(wrapped.balanceOf(alice), 999);
    }

    function test_A_token_that_mints_holds_its_own_limit() public {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.LimitNotHere.selector, ASSET));
        away.setInboundLimit(ASSET, Limit(1, 1));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.LimitNotHere.selector, 8));
        away.registerAsset(8, address(original), Mode.Mint, Limit(1, 1));
    }

    function test_Limits_are_for_assets_that_are_registered_and_have_a_period() public {
        bytes memory unknown = abi.encodeWithSelector(IBridgeErrors.UnknownAsset.selector, 8);
        vm.expectRevert(unknown);
        home.setInboundLimit(8, Limit(1, 1));
        vm.expectRevert(unknown);
        home.setOutboundLimit(8, Limit(1, 1));
        vm.expectRevert(unknown);
        home.inboundLimit(8);
        vm.expectRevert(unknown);
        home.passesAt(8, 1);
        vm.expectRevert(Meters.PeriodZero.selector);
        home.setInboundLimit(ASSET, Limit(1, 0));
        vm.expectRevert(Meters.PeriodZero.selector);
        home.setOutboundLimit(ASSET, Limit(0, 0));
        vm.expectRevert(Meters.PeriodZero.selector);
        home.registerAsset(8, address(wrapped), Mode.Lock, Limit(1, 0));
    }

    function test_Only_the_role_that_may_sets_them() public {
        bytes4[2] memory functions = [IBridgeSettings.setInboundLimit.selector, IBridgeSettings.setOutboundLimit.selector];
        address[3] memory others = [alice, guardian, oracle];
        for (uint256 i; i < 2; ++i) {
            bytes memory input = abi.encodeWithSelector(functions[i], ASSET, Limit(1, 1));
            for (uint256 j; j < 3; ++j) {
                vm.prank(others[j]);
                vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[j]));
                (bool asExpected,) = address(home).call(input);
                assertTrue(asExpected); // of a low-level call, this is whether the error was the expected one
            }
            _allow(home, functions[i], 9);
            manager.grantRole(9, carol, 0);
            vm.prank(carol);
            (bool success,) = address(home).call(input);
            assertTrue(success);
        }
    }
}
