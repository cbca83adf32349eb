// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit} from "../src/Meters.sol";
import {Call, Fees, IBridge} from "../src/interfaces/IBridge.sol";
import {IBridgedToken} from "../src/interfaces/IBridgedToken.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {IdleSuccessor, Successor} from "./tokens/WrappedCoin.sol";
import {Scenes} from "./support/Scenes.sol";

/// @notice How an asset leaves for this Bridge's successor.
contract HandoverTest is Scenes {
    address private successor = address(new Successor());

    function setUp() public {
        _makeScene();
        _lock(alice, 1000, 0);
    }

    function _announce() private returns (uint64 readyAt) {
        readyAt = _now() + 7 days;
        vm.expectEmit(address(home));
        emit IBridgeEvents.HandoverAnnounced(ASSET, successor, readyAt);
        home.announceHandover(ASSET, successor);
    }

    function _pause() private {
        vm.prank(guardian);
        home.pauseAsset(ASSET);
    }

    function _handOver() private {
        vm.warp(_announce());
        _pause();
        home.handover(ASSET);
    }

    function _expectClosed() private {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.MinimumFeeNotSet.selector, ASSET, AWAY));
        vm.prank(alice);
    }

    function test_Its_announcement_closes_all_ways_out_and_keeps_them_closed() public {
        home.openLane(5, address(away));
        _setFee(home, ASSET, 5, 0);
        _announce();
        _expectClosed();
        home.send(AWAY, ASSET, alice, 1, 0);
        _expectClosed();
        home.sendCall(Call(AWAY, ASSET, alice, bob, 1, 0, 1, ""));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.MinimumFeeNotSet.selector, ASSET, 5));
        home.send(5, ASSET, alice, 1, 0);
        (, bool set) = home.minimumFees(ASSET, AWAY);
        assertFalse(set);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.ModeWrong.selector, ASSET));
        home.setMinimumFees(ASSET, AWAY, Fees(0, 0, 0, 0, 0));
        home.setOutboundLimit(ASSET, PLENTY); // marks no way that is closed
        _expectClosed();
        home.send(AWAY, ASSET, alice, 1, 0);
        _deliver(_home(), _away(), _transfer(bob, 400, 0)); // the way home stays open
        assertEq(original.balanceOf(bob), 400);
    }

    function test_A_lane_that_opens_afterwards_is_no_way_out() public {
        _announce();
        home.openLane(5, address(away));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.MinimumFeeNotSet.selector, ASSET, 5));
        home.send(5, ASSET, alice, 1, 0);
    }

    function test_It_waits_for_seven_days_and_for_a_pause() public {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.HandoverNotAnnounced.selector, ASSET));
        home.handover(ASSET);
        uint64 readyAt = _announce();
        (address to, uint64 at) = home.pendingHandover(ASSET);
        assertEq(to, successor);
        assertEq(at, readyAt);
        vm.warp(readyAt - 1);
        _pause();
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.HandoverTooEarly.selector, readyAt));
        home.handover(ASSET);
        home.unpauseAsset(ASSET);
        vm.warp(readyAt);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AssetNotPaused.selector, ASSET));
        home.handover(ASSET);
        vm.prank(guardian);
        home.pause(); // of everything, which is not this
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AssetNotPaused.selector, ASSET));
        home.handover(ASSET);
        _pause();
        home.handover(ASSET);
    }

    function test_All_that_is_locked_moves_and_nothing_else() public {
        original.mint(address(home), 77);
        vm.warp(_announce());
        _pause();
        vm.expectEmit(address(home));
        emit IBridgeEvents.HandedOver(ASSET, successor, 1000);
        home.handover(ASSET);
        assertEq(original.balanceOf(successor), 1000);
        assertEq(original.balanceOf(address(home)), 77);
        assertEq(home.asset(ASSET).locked, 0);
    }

    function test_What_is_handed_over_is_gone_for_ever() public {
        _handOver();
        bytes memory gone = abi.encodeWithSelector(IBridgeErrors.AlreadyHandedOver.selector, ASSET, successor);
        vm.expectRevert(gone);
        home.handover(ASSET);
        vm.expectRevert(gone);
        home.announceHandover(ASSET, makeAddr("another"));
        vm.expectRevert(gone);
        home.announceHandover(ASSET, address(0));
    }

    function test_A_successor_that_does_not_take_it_all_gets_nothing() public {
        _expectNotTaken(address(new IdleSuccessor(false)), 0);
        _expectNotTaken(address(new IdleSuccessor(true)), 500);
    }

    function _expectNotTaken(address idle, uint256 taken) private {
        home.announceHandover(ASSET, idle);
        _later(7 days);
        _pause();
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.HandoverNotTaken.selector, ASSET, taken, 1000));
        home.handover(ASSET);
        assertEq(home.asset(ASSET).locked, 1000);
        assertEq(original.allowance(address(home), idle), 0);
    }

    function test_What_arrives_afterwards_waits_and_goes_back() public {
        _handOver();
        home.unpauseAsset(ASSET);
        bytes memory message = _message(ASSET, bob, 400, 1, alice);
        bytes memory reason = abi.encodeWithSelector(IBridgeErrors.InsufficientLocked.selector, ASSET, 0, 400);
        uint64 sequence = _deliverDeferring(_home(), _away(), _list(message), 0, 0, reason);
        _expectRetryFails(reason);
        home.retry(_awayToHome(), sequence, message);
        vm.prank(bob);
        home.refund(_awayToHome(), sequence, message);
        (, bytes32 hash) = home.outbound(AWAY);
        assertEq(hash, _fold(_fold(_homeToAway(), _transfer(alice, 1000, 0)), _transfer(alice, 400, 1)));
    }

    function test_It_can_be_called_off_and_announced_anew() public {
        uint64 readyAt = _announce();
        _later(1 days);
        assertEq(_announce(), readyAt + 1 days);
        vm.expectEmit(address(home));
        emit IBridgeEvents.HandoverAnnounced(ASSET, address(0), 0);
        home.announceHandover(ASSET, address(0));
        vm.warp(readyAt + 1 days);
        _pause();
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.HandoverNotAnnounced.selector, ASSET));
        home.handover(ASSET);
        home.unpauseAsset(ASSET);
        _expectClosed();
        home.send(AWAY, ASSET, alice, 1, 0);
        _setFee(home, ASSET, AWAY, 0);
        _lock(alice, 5, 0);
        assertEq(home.asset(ASSET).locked, 1005);
    }

    function test_What_is_minted_here_has_nothing_to_hand_over() public {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.ModeWrong.selector, ASSET));
        away.announceHandover(ASSET, successor);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownAsset.selector, 8));
        home.announceHandover(8, successor);
    }

    /// @dev Away, the successor gets a limit of its own from the token, under the same delay.
    function test_A_wrapped_token_takes_the_successor_beside_the_first_bridge_and_then_alone() public {
        vm.chainId(AWAY);
        IBridge next = _newBridge(address(manager), members, threshold);
        uint64 readyAt = _now() + 7 days;
        vm.expectEmit(address(wrapped));
        emit IBridgedToken.BridgeAnnounced(address(next), Limit(1000, 100), readyAt);
        wrapped.announceBridge(address(next), Limit(1000, 100));
        (Limit memory limit, uint64 at) = wrapped.announced(address(next));
        assertEq(limit.capacity, 1000);
        assertEq(limit.period, 100);
        assertEq(at, readyAt);
        vm.warp(readyAt);
        wrapped.setBridge(address(next));
        (limit, at) = wrapped.announced(address(next));
        assertEq(limit.capacity + limit.period + at, 0);

        next.openLane(HOME, address(home));
        next.registerAsset(ASSET, address(wrapped), Side(AWAY, away).bridge.asset(ASSET).mode, Limit(0, 0));
        _deliver(Side(AWAY, next), _home(), _transfer(bob, 600, 0));
        _deliver(_away(), _home(), _transfer(bob, 1000, 0));
        assertEq(wrapped.totalSupply(), 1600);
        (, uint256 available) = next.inboundLimit(ASSET);
        assertEq(available, 400);

        wrapped.lowerBridge(address(away), Limit(0, 1 hours));
        bytes memory reason = abi.encodeWithSelector(IBridgedToken.BridgeRefused.selector, address(away));
        _deliverDeferring(_away(), _home(), _list(_transfer(bob, 1, 0)), 0, 0, reason);
        _setFee(next, ASSET, HOME, 0);
        vm.prank(bob);
        next.send(HOME, ASSET, bob, 1600, 0); // what either has minted
        assertEq(wrapped.totalSupply(), 0);
    }
}
