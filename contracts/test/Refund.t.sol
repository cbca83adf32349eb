// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit} from "../src/Meters.sol";
import {Fees, IBridge} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {Scenes} from "./support/Scenes.sol";

/// @notice Messages from home that are deferred away, and go back.
contract RefundTest is Scenes {
    function setUp() public {
        _makeScene();
        original.mint(alice, 10_000);
        vm.prank(alice);
        original.approve(address(home), type(uint256).max);
        wrapped.lowerBridge(address(away), Limit(0, 1 hours)); // nothing can be minted
    }

    function _refund(address who, uint64 sequence, bytes memory message, bytes memory error) private {
        vm.chainId(AWAY);
        vm.prank(who);
        if (error.length != 0) vm.expectRevert(error);
        away.refund(_homeToAway(), sequence, message);
    }

    /// @dev Refunds message 1 and expects `back` on the reverse lane.
    function _refundInto(bytes memory message, bytes memory back) private {
        bytes32 rollingHash = _fold(_awayToHome(), back);
        vm.expectEmit(address(away));
        emit IBridgeEvents.MessageSent(HOME, 1, alice, rollingHash, back);
        vm.expectEmit(address(away));
        emit IBridgeEvents.MessageRefunded(_homeToAway(), 1, 1, bob);
        _refund(bob, 1, message, "");
        assertEq(away.deferred(_homeToAway(), 1), 0);
        (uint64 sequence, bytes32 hash) = away.outbound(HOME);
        assertEq(sequence, 1);
        assertEq(hash, rollingHash);
    }

    function _send(address to, uint128 amount, uint128 fee) private returns (bytes memory message) {
        vm.chainId(HOME);
        vm.prank(alice);
        home.send(AWAY, ASSET, to, amount, fee);
        message = _message(ASSET, to, amount, fee, alice);
        _deliver(_away(), _home(), message);
    }

    function test_The_whole_round_trip_pays_the_sender_and_the_accounts_close() public {
        bytes memory message = _send(bob, 1000, 10);
        bytes memory back = _transfer(alice, 1000, 10);
        _refundInto(message, back);
        assertEq(wrapped.totalSupply(), 0);
        assertEq(home.asset(ASSET).locked, 1000);

        _deliver(_home(), _away(), back);
        assertEq(home.asset(ASSET).locked, 0);
        assertEq(original.balanceOf(address(home)), 0);
        assertEq(original.balanceOf(alice), 9990);
        assertEq(original.balanceOf(deliverer), 10);
    }

    function test_The_recipient_may_at_once_and_anyone_after_the_delay() public {
        bytes memory message = _send(bob, 1000, 10);
        uint64 from = _now() + 7 days;
        bytes memory early = abi.encodeWithSelector(IBridgeErrors.RefundTooEarly.selector, from);
        _refund(carol, 1, message, early);
        _refund(alice, 1, message, early); // the sender is anyone, too
        vm.warp(from - 1);
        _refund(carol, 1, message, early);
        uint256 before = vm.snapshotState();
        _refund(bob, 1, message, "");
        vm.revertToState(before);
        vm.warp(from);
        _refund(carol, 1, message, "");
    }

    function test_Each_kind_goes_back_to_its_sender() public {
        bytes memory toOneself = _send(alice, 1000, 10);
        _refund(alice, 1, toOneself, "");
        bytes memory call = _callMessage(ASSET, bob, 2000, 10, carol, "payload");
        _deliver(_away(), _home(), call);
        bytes memory back = _transfer(carol, 2000, 10);
        (, bytes32 hash) = away.outbound(HOME);
        assertEq(hash, _fold(_awayToHome(), _transfer(alice, 1000, 10)));
        vm.expectEmit(address(away));
        emit IBridgeEvents.MessageSent(HOME, 2, carol, _fold(hash, back), back);
        _refund(bob, 2, call, "");
    }

    function test_The_fee_is_at_least_the_minimum_of_the_way_back() public {
        bytes memory message = _send(bob, 1000, 10);
        vm.chainId(AWAY);
        away.setMinimumFees(ASSET, HOME, Fees(11, 500, 600, 0, 0));
        _refundInto(message, _transfer(alice, 1000, 11));
    }

    function test_An_amount_that_the_fee_would_use_up_does_not_go_back() public {
        bytes memory small = _send(bob, 11, 10);
        bytes memory allFee = _send(bob, 10, 10);
        vm.chainId(AWAY);
        away.setMinimumFees(ASSET, HOME, Fees(11, 0, 0, 0, 0));
        _refund(bob, 1, small, abi.encodeWithSelector(IBridgeErrors.FeeTooLow.selector, 11, 11));
        _refund(bob, 2, allFee, abi.encodeWithSelector(IBridgeErrors.FeeTooLow.selector, 10, 11));
        away.setMinimumFees(ASSET, HOME, Fees(0, 0, 0, 0, 0));
        _refund(bob, 2, allFee, abi.encodeWithSelector(IBridgeErrors.FeeTooLow.selector, 10, 10));
        _refund(bob, 1, small, "");
    }

    function test_A_call_without_tokens_has_nothing_to_refund() public {
        bytes memory call = _callMessage(0, bob, 0, 0, alice, "payload"); // bob has no code
        _deliver(_away(), _home(), call);
        _refund(bob, 1, call, abi.encodeWithSelector(IBridgeErrors.NothingToRefund.selector));
    }

    function test_Retry_and_refund_exclude_each_other() public {
        bytes memory message = _send(bob, 1000, 10);
        bytes memory other = _send(bob, 2000, 10);
        _refund(bob, 1, message, "");
        bytes memory gone = abi.encodeWithSelector(IBridgeErrors.NotDeferred.selector, _homeToAway(), 1);
        _refund(bob, 1, message, gone);
        wrapped.announceBridge(address(away), PLENTY);
        _later(7 days);
        wrapped.setBridge(address(away));
        _later(1 hours);
        vm.expectRevert(gone);
        away.retry(_homeToAway(), 1, message);
        away.retry(_homeToAway(), 2, other);
        _refund(bob, 2, other, abi.encodeWithSelector(IBridgeErrors.NotDeferred.selector, _homeToAway(), 2));
        assertEq(wrapped.totalSupply(), 2000);
    }

    function test_Only_what_is_deferred_goes_back_and_with_its_own_bytes() public {
        bytes memory message = _send(bob, 1000, 10);
        bytes memory wrong = _message(ASSET, bob, 9000, 10, alice);
        _refund(bob, 1, wrong, abi.encodeWithSelector(IBridgeErrors.WrongMessage.selector, keccak256(wrong), keccak256(message)));
        _refund(bob, 2, message, abi.encodeWithSelector(IBridgeErrors.NotDeferred.selector, _homeToAway(), 2));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLaneId.selector, bytes32("lane")));
        away.refund("lane", 1, message);
    }

    function test_The_outbound_limit_counts_what_goes_back() public {
        bytes memory message = _send(bob, 1000, 10);
        away.setOutboundLimit(ASSET, Limit(1500, 15));
        bytes memory error = abi.encodeWithSelector(IBridgeErrors.OutboundLimitExceeded.selector, ASSET, 1000, _now() + 10);
        _refund(bob, 1, message, error);
        _later(10);
        _refund(bob, 1, message, "");
        (, uint256 available) = away.outboundLimit(ASSET);
        assertEq(available, 0);
    }

    function test_Pauses_stop_it() public {
        bytes memory message = _send(bob, 1000, 10);
        uint64 until = _now() + 3 days;
        away.pause();
        _refund(bob, 1, message, abi.encodeWithSelector(IBridgeErrors.EverythingIsPaused.selector, until));
        away.unpause();
        away.pauseLane(HOME);
        _refund(bob, 1, message, abi.encodeWithSelector(IBridgeErrors.LaneIsPaused.selector, HOME, until));
        away.unpauseLane(HOME);
        away.pauseAsset(ASSET);
        _refund(bob, 1, message, abi.encodeWithSelector(IBridgeErrors.AssetIsPaused.selector, ASSET, until));
        away.unpauseAsset(ASSET);
        _refund(bob, 1, message, "");
    }

    function test_An_asset_that_is_not_registered_here_goes_back_for_what_it_paid() public {
        bytes memory message = _message(99, bob, 1000, 10, alice);
        _deliver(_away(), _home(), message);
        _refundInto(message, _message(99, alice, 1000, 10, alice));
    }

    /// @dev It was authenticated, and nothing takes effect here; where it goes back to, the same threshold may hold it again.
    function test_A_held_message_may_go_back_before_its_time() public {
        vm.chainId(AWAY);
        away.setHold(ASSET, 500, 30 days);
        bytes memory message = _send(bob, 1000, 10);
        (,, uint64 heldUntil) = away.deferral(_homeToAway(), 1);
        assertEq(heldUntil, _now() + 30 days);
        _refundInto(message, _transfer(alice, 1000, 10));
    }
}
