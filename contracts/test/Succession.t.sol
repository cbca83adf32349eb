// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IBridge, Mode} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {WrappedCoin} from "./tokens/WrappedCoin.sol";
import {Scenes} from "./support/Scenes.sol";

/// @notice A Bridge that takes over from one of its own kind: what it gets, it counts, and pays out again.
contract SuccessionTest is Scenes {
    uint32 private constant COIN = 9;

    IBridge private next;
    address private coin = address(new WrappedCoin());

    function setUp() public {
        _makeScene();
        vm.chainId(HOME);
        home.registerAsset(COIN, coin, Mode.Native, PLENTY);
        _setFee(home, COIN, AWAY, 0);
        _lock(alice, 1000, 0);
        vm.deal(alice, 500);
        vm.prank(alice);
        home.send{value: 500}(AWAY, COIN, alice, 500, 0);

        next = _newBridge(address(manager), members, threshold);
        next.openLane(AWAY, address(away));
        next.registerAsset(ASSET, address(original), Mode.Lock, PLENTY);
        next.registerAsset(COIN, coin, Mode.Native, PLENTY);
    }

    function _prepare(uint32 assetId) private {
        home.announceHandover(assetId, address(next));
        _later(7 days);
        vm.prank(guardian);
        home.pauseAsset(assetId);
    }

    function _handOver(uint32 assetId, uint256 amount) private {
        next.expectHandover(assetId, address(home));
        _prepare(assetId);
        vm.expectEmit(address(next));
        emit IBridgeEvents.HandoverReceived(assetId, address(home), amount);
        home.handover(assetId);
    }

    function test_It_counts_the_tokens_and_pays_them_out() public {
        _handOver(ASSET, 1000);
        assertEq(next.asset(ASSET).locked, 1000);
        assertEq(original.balanceOf(address(next)), 1000);
        assertEq(home.asset(ASSET).locked, 0);
        _deliver(Side(HOME, next), _away(), _transfer(bob, 400, 0));
        assertEq(original.balanceOf(bob), 400);
    }

    function test_It_counts_the_coin_and_pays_it_out() public {
        _handOver(COIN, 500);
        assertEq(next.asset(COIN).locked, 500);
        assertEq(address(next).balance, 500);
        assertEq(address(home).balance, 0);
        _deliver(Side(HOME, next), _away(), _message(COIN, bob, 400, 0, bob));
        assertEq(bob.balance, 400);
    }

    function test_What_is_locked_there_already_stays_counted() public {
        _setFee(next, ASSET, AWAY, 0);
        original.mint(alice, 30);
        vm.startPrank(alice);
        original.approve(address(next), 30);
        next.send(AWAY, ASSET, alice, 30, 0);
        vm.stopPrank();
        _handOver(ASSET, 1000);
        assertEq(next.asset(ASSET).locked, 1030);
    }

    function test_It_takes_from_whom_it_expects_and_once() public {
        _prepare(ASSET);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.HandoverNotExpected.selector, ASSET, address(home)));
        home.handover(ASSET);
        vm.expectEmit(address(next));
        emit IBridgeEvents.HandoverExpected(ASSET, address(home));
        next.expectHandover(ASSET, address(home));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.HandoverNotExpected.selector, ASSET, bob));
        vm.prank(bob);
        next.receiveHandover(ASSET, 1);
        home.handover(ASSET);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.HandoverNotExpected.selector, ASSET, address(home)));
        vm.prank(address(home));
        next.receiveHandover(ASSET, 1);
    }

    function test_The_expectation_can_be_called_off() public {
        next.expectHandover(ASSET, address(home));
        next.expectHandover(ASSET, address(0));
        _prepare(ASSET);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.HandoverNotExpected.selector, ASSET, address(home)));
        home.handover(ASSET);
    }

    function test_What_is_unknown_or_minted_here_cannot_be_expected_and_strangers_expect_nothing() public {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownAsset.selector, 8));
        next.expectHandover(8, address(home));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.ModeWrong.selector, ASSET));
        away.expectHandover(ASSET, address(home));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, bob));
        vm.prank(bob);
        next.expectHandover(ASSET, bob);
    }

    function test_Coin_comes_along_exactly() public {
        next.expectHandover(COIN, bob);
        next.expectHandover(ASSET, bob);
        vm.deal(bob, 10);
        vm.startPrank(bob);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.ValueWrong.selector, 9, 10));
        next.receiveHandover{value: 9}(COIN, 10);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.ValueWrong.selector, 1, 0));
        next.receiveHandover{value: 1}(ASSET, 10);
        vm.stopPrank();
    }

    function test_Nothing_is_a_handover_too() public {
        _deliver(_home(), _away(), _transfer(bob, 1000, 0));
        _handOver(ASSET, 0);
        assertEq(next.asset(ASSET).locked, 0);
    }

    function test_As_much_is_taken_over_as_can_be_counted_and_no_more() public {
        home.expectHandover(COIN, bob);
        uint256 room = type(uint128).max - 500; // beside what is locked already
        vm.deal(bob, room + 1);
        vm.startPrank(bob);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AmountTooLarge.selector, room + 1, room));
        home.receiveHandover{value: room + 1}(COIN, room + 1);
        home.receiveHandover{value: room}(COIN, room);
        vm.stopPrank();
        assertEq(home.asset(COIN).locked, type(uint128).max);
    }
}
