// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Call, Certificate} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {NoReturnToken} from "./tokens/StrangeTokens.sol";
import {Mode} from "../src/interfaces/IBridge.sol";
import {Scenes} from "./support/Scenes.sol";

/// @notice Each kind of pause against everything that it stops, and against what it must leave alone.
contract PausesTest is Scenes {
    enum Kind {
        Everything,
        Lane,
        Asset
    }

    uint32 private constant OTHER = 9;
    NoReturnToken private token = new NoReturnToken();
    bytes private _waiting;

    function setUp() public {
        _makeScene();
        home.openLane(5, address(away));
        _setFee(home, ASSET, 5, 0);
        _setFee(home, 0, AWAY, 0);
        _waiting = _message(ASSET, bob, 1000, 0, alice);
        _deliver(_home(), _away(), _waiting); // deferred, since nothing is locked yet
        _lock(alice, 1 ether, 0);
        original.mint(alice, 1000);
        vm.prank(alice);
        original.approve(address(home), 1000);

        home.registerAsset(OTHER, address(token), Mode.Lock, PLENTY);
        _setFee(home, OTHER, AWAY, 0);
        token.mint(alice, 1000);
        vm.startPrank(alice);
        token.approve(address(home), 1000);
        home.send(AWAY, OTHER, alice, 500, 0);
        vm.stopPrank();
    }

    function _pause(Kind kind) private returns (bytes memory error) {
        uint64 until = _now() + 3 days;
        vm.expectEmit(address(home));
        vm.prank(guardian);
        if (kind == Kind.Everything) {
            emit IBridgeEvents.Paused(until);
            home.pause();
            return abi.encodeWithSelector(IBridgeErrors.EverythingIsPaused.selector, until);
        }
        if (kind == Kind.Lane) {
            emit IBridgeEvents.LanePaused(AWAY, until);
            home.pauseLane(AWAY);
            return abi.encodeWithSelector(IBridgeErrors.LaneIsPaused.selector, AWAY, until);
        }
        emit IBridgeEvents.AssetPaused(ASSET, until);
        home.pauseAsset(ASSET);
        return abi.encodeWithSelector(IBridgeErrors.AssetIsPaused.selector, ASSET, until);
    }

    function _unpause(Kind kind) private {
        vm.expectEmit(address(home));
        if (kind == Kind.Everything) {
            emit IBridgeEvents.Unpaused();
            home.unpause();
        } else if (kind == Kind.Lane) {
            emit IBridgeEvents.LaneUnpaused(AWAY);
            home.unpauseLane(AWAY);
        } else {
            emit IBridgeEvents.AssetUnpaused(ASSET);
            home.unpauseAsset(ASSET);
        }
    }

    function _send(uint256 to, uint32 assetId, bytes memory error) private {
        vm.prank(alice);
        if (error.length != 0) vm.expectRevert(error);
        home.send(to, assetId, alice, 1, 0);
    }

    function _sendCall(uint32 assetId, uint128 amount, bytes memory error) private {
        vm.prank(alice);
        if (error.length != 0) vm.expectRevert(error);
        home.sendCall(Call(AWAY, assetId, alice, bob, amount, 0, 1, ""));
    }

    function _retry(bytes memory error) private {
        if (error.length != 0) vm.expectRevert(error);
        home.retry(_awayToHome(), 1, _waiting);
    }

    function _refund(bytes memory error) private {
        vm.prank(bob);
        if (error.length != 0) vm.expectRevert(error);
        home.refund(_awayToHome(), 1, _waiting);
    }

    function _assertStopped(bytes memory error) private {
        _send(AWAY, ASSET, error);
        _sendCall(ASSET, 1, error);
        _retry(error);
        _refund(error);
    }

    /// @dev All of it works, but a message is retried or refunded only once.
    function _assertRuns(bool refunds) private {
        _send(AWAY, ASSET, "");
        _sendCall(ASSET, 1, "");
        if (refunds) _refund("");
        else _retry("");
        _deliver(_home(), _away(), _transfer(carol, 7, 0));
        assertEq(original.balanceOf(carol), 7);
    }

    function test_Each_pause_stops_sending_retrying_and_refunding_until_it_ends() public {
        for (uint256 i; i < 3; ++i) {
            uint256 before = vm.snapshotState();
            bytes memory error = _pause(Kind(i));
            _assertStopped(error);
            _later(3 days - 1);
            _assertStopped(error);
            _later(1);
            _assertRuns(i == 1);
            vm.revertToState(before);
        }
    }

    function test_Each_pause_can_be_ended_before_it_ends() public {
        for (uint256 i; i < 3; ++i) {
            uint256 before = vm.snapshotState();
            _pause(Kind(i));
            _unpause(Kind(i));
            _assertRuns(i == 1);
            vm.revertToState(before);
        }
    }

    function test_Each_pause_is_renewed_from_then_on() public {
        for (uint256 i; i < 3; ++i) {
            uint256 before = vm.snapshotState();
            _pause(Kind(i));
            _later(2 days);
            bytes memory error = _pause(Kind(i));
            _later(3 days - 1);
            _assertStopped(error);
            _later(1);
            _assertRuns(i == 1);
            vm.revertToState(before);
        }
    }

    function test_Nothing_is_delivered_while_everything_or_the_lane_is_paused() public {
        for (uint256 i; i < 2; ++i) {
            uint256 before = vm.snapshotState();
            (uint64 first, bytes memory wire, Certificate memory certificate) =
                _delivery(_home(), _away(), _list(_transfer(carol, 7, 0)));
            bytes memory error = _pause(Kind(i));
            vm.expectRevert(error);
            home.deliver(_awayToHome(), first, wire, certificate);
            _later(3 days);
            home.deliver(_awayToHome(), first, wire, certificate);
            assertEq(original.balanceOf(carol), 7);
            vm.revertToState(before);
        }
    }

    function test_A_paused_asset_is_deferred_on_delivery_and_the_others_are_paid() public {
        bytes memory error = _pause(Kind.Asset);
        bytes memory held = _transfer(carol, 7, 0);
        bytes[] memory messages = _list(_message(OTHER, carol, 5, 0, alice), held, _message(OTHER, bob, 5, 0, alice));
        uint64 sequence = _deliverDeferring(_home(), _away(), messages, 1, 0, error);
        assertEq(token.balanceOf(carol), 5);
        assertEq(token.balanceOf(bob), 5);
        vm.expectRevert(error);
        home.retry(_awayToHome(), sequence, held);
        _unpause(Kind.Asset);
        home.retry(_awayToHome(), sequence, held);
        assertEq(original.balanceOf(carol), 7);
    }

    function test_Runs_and_calls_of_a_paused_asset_are_deferred_one_by_one() public {
        bytes memory error = _pause(Kind.Asset);
        bytes[] memory run = _list(_transfer(carol, 7, 0), _transfer(bob, 7, 0));
        uint64 last = _deliverDeferring(_home(), _away(), run, 1, 0, error);
        assertEq(home.deferred(_awayToHome(), last - 1), keccak256(run[0]));
        bytes memory call = _callMessage(ASSET, carol, 7, 0, alice, "");
        _deliverDeferring(_home(), _away(), _list(call), 0, 0, error);
        assertEq(original.balanceOf(carol) + original.balanceOf(bob), 0);
    }

    function test_A_paused_lane_leaves_other_lanes_alone_and_a_paused_asset_other_assets() public {
        uint256 before = vm.snapshotState();
        _pause(Kind.Lane);
        _send(5, ASSET, "");
        vm.revertToState(before);
        bytes memory error = _pause(Kind.Asset);
        _send(AWAY, OTHER, "");
        _sendCall(0, 0, "");
        _send(5, ASSET, error);
    }

    function test_One_that_ends_leaves_the_others_in_force() public {
        _pause(Kind.Everything);
        bytes memory ofLane = _pause(Kind.Lane);
        bytes memory ofAsset = _pause(Kind.Asset);
        _unpause(Kind.Everything);
        _assertStopped(ofLane);
        _unpause(Kind.Lane);
        _assertStopped(ofAsset);
        _unpause(Kind.Asset);
        _assertRuns(false);
    }

    function test_A_lane_that_opens_during_a_pause_knows_of_it() public {
        for (uint256 i; i < 3; i += 2) {
            uint256 before = vm.snapshotState();
            bytes memory error = _pause(Kind(i));
            home.openLane(6, address(away));
            _setFee(home, ASSET, 6, 0);
            _send(6, ASSET, error);
            _later(3 days);
            _send(6, ASSET, "");
            vm.revertToState(before);
        }
    }

    function test_The_view_says_until_when() public {
        _pause(Kind.Everything);
        _later(1);
        _pause(Kind.Lane);
        _later(1);
        _pause(Kind.Asset);
        (uint64 everything, uint64 lane, uint64 asset) = home.pausedUntil(AWAY, ASSET);
        assertEq(everything, _now() + 3 days - 2);
        assertEq(lane, _now() + 3 days - 1);
        assertEq(asset, _now() + 3 days);
        (, lane, asset) = home.pausedUntil(5, OTHER);
        assertEq(lane + asset, 0);
    }

    /// @dev Calls without tokens are of asset 0, and stop with their lane.
    function test_Asset_0_cannot_be_paused() public {
        vm.expectRevert(IBridgeErrors.AssetIdZero.selector);
        vm.prank(guardian);
        home.pauseAsset(0);
    }

    function test_A_lane_that_is_not_open_cannot_be_paused() public {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLane.selector, 77));
        vm.prank(guardian);
        home.pauseLane(77);
    }
}
