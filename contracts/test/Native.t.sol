// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Call, Certificate, Mode} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {IGateway} from "../src/interfaces/IGateway.sol";
import {CoinTaker, Successor, WrappedCoin} from "./tokens/WrappedCoin.sol";
import {Scenes} from "./support/Scenes.sol";

/// @notice The chain's own coin at its home.
contract NativeTest is Scenes {
    uint32 private constant COIN = 11;
    WrappedCoin private coin = new WrappedCoin();
    CoinTaker private taker = new CoinTaker();

    function setUp() public {
        _makeScene();
        home.registerAsset(COIN, address(coin), Mode.Native, PLENTY);
        _setFee(home, COIN, AWAY, 0);
        vm.deal(alice, 100 ether);
        vm.prank(alice);
        home.send{value: 10_000}(AWAY, COIN, alice, 10_000, 0);
    }

    function _to(address recipient, uint128 amount, uint128 fee) private view returns (bytes memory) {
        return _message(COIN, recipient, amount, fee, alice);
    }

    function _expectValueWrong(uint256 given, uint256 needed) private {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.ValueWrong.selector, given, needed));
    }

    function _assertLocked(uint256 amount) private view {
        assertEq(home.asset(COIN).locked, amount);
    }

    function test_The_coin_that_is_paid_along_is_locked() public {
        bytes memory message = _to(bob, 1000, 10);
        (, bytes32 before) = home.outbound(AWAY);
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageSent(AWAY, 2, alice, _fold(before, message), message);
        vm.prank(alice);
        home.send{value: 1000}(AWAY, COIN, bob, 1000, 10);
        _assertLocked(11_000);
        assertEq(address(home).balance, 11_000);
    }

    function test_Other_values_than_the_amount_are_refused() public {
        uint256[3] memory values = [uint256(0), 999, 1001];
        vm.startPrank(alice);
        for (uint256 i; i < 3; ++i) {
            _expectValueWrong(values[i], 1000);
            home.send{value: values[i]}(AWAY, COIN, bob, 1000, 0);
            _expectValueWrong(values[i], 1000);
            home.sendCall{value: values[i]}(Call(AWAY, COIN, alice, bob, 1000, 0, 1, ""));
        }
        vm.stopPrank();
    }

    function test_Coin_for_anything_else_is_refused() public {
        _setFee(home, 0, AWAY, 0);
        vm.startPrank(alice);
        _expectValueWrong(1, 0);
        home.send{value: 1}(AWAY, ASSET, bob, 1000, 0);
        _expectValueWrong(1, 0);
        home.sendCall{value: 1}(Call(AWAY, 0, alice, bob, 0, 0, 1, ""));
        vm.chainId(AWAY);
        _expectValueWrong(1, 0);
        away.send{value: 1}(HOME, ASSET, bob, 1000, 0);
        (bool success,) = address(home).call{value: 1}("");
        assertFalse(success);
        (success,) = address(home).call{value: 1}(abi.encodeCall(home.epoch, ()));
        assertFalse(success);
    }

    function test_A_call_takes_coin_along() public {
        vm.prank(alice);
        home.sendCall{value: 1000}(Call(AWAY, COIN, alice, bob, 1000, 10, 1, ""));
        _assertLocked(11_000);
    }

    function test_Accounts_and_contracts_are_paid_in_coin() public {
        _deliver(_home(), _away(), _list(_to(bob, 1000, 10), _to(address(taker), 2000, 20)));
        assertEq(bob.balance, 990);
        assertEq(address(taker).balance, 1980);
        assertEq(deliverer.balance, 30);
        _assertLocked(7000);
        assertEq(address(home).balance, 7000);
        assertEq(coin.totalSupply(), 0);
    }

    function test_Who_does_not_take_coin_gets_it_wrapped() public {
        CoinTaker.Way[2] memory ways = [CoinTaker.Way.Refuses, CoinTaker.Way.BurnsGas];
        for (uint256 i; i < 2; ++i) {
            taker.set(ways[i]);
            _deliver(_home(), _away(), _list(_to(bob, 1000, 0), _to(address(taker), 2000, 0)));
            assertEq(bob.balance, 1000 * (i + 1));
            assertEq(address(taker).balance, 0);
            assertEq(coin.balanceOf(address(taker)), 2000 * (i + 1));
            assertEq(address(coin).balance, 2000 * (i + 1));
        }
        _assertLocked(4000);
    }

    function test_Who_delivers_and_takes_no_coin_gets_the_fee_wrapped() public {
        taker.set(CoinTaker.Way.Refuses);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(_to(bob, 1000, 10)));
        vm.prank(address(taker));
        home.deliver(_awayToHome(), first, wire, certificate);
        assertEq(coin.balanceOf(address(taker)), 10);
    }

    function test_Ten_that_burn_all_their_gas_cost_little_more_than_it() public {
        taker.set(CoinTaker.Way.BurnsGas);
        bytes[] memory messages = new bytes[](10);
        for (uint256 i; i < 10; ++i) {
            messages[i] = _to(address(taker), 100, 0);
        }
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), messages);
        uint256 before = gasleft();
        home.deliver(_awayToHome(), first, wire, certificate);
        assertLt(before - gasleft(), 1_300_000);
        assertEq(coin.balanceOf(address(taker)), 1000);
    }

    /// @dev Whatever gas a delivery gets: it reverts, or a recipient that works for its coin has gas for that.
    function testFuzz_Too_little_gas_neither_defers_nor_wraps(uint256 gasLimit) public {
        taker.set(CoinTaker.Way.Works);
        (uint64 first, bytes memory wire, Certificate memory certificate) =
            _delivery(_home(), _away(), _list(_to(bob, 1000, 10), _to(address(taker), 1000, 10)));
        try home.deliver{gas: bound(gasLimit, 50_000, 1_500_000)}(_awayToHome(), first, wire, certificate) {
            assertEq(address(taker).balance, 990);
            assertEq(bob.balance, 990);
        } catch {
            _assertLocked(10_000);
        }
    }

    function test_With_too_little_gas_a_delivery_reverts() public {
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(_to(bob, 1000, 10)));
        vm.expectPartialRevert(IBridgeErrors.InsufficientGas.selector);
        home.deliver{gas: 300_000}(_awayToHome(), first, wire, certificate);
    }

    function test_Nobody_who_is_paid_enters_again() public {
        Certificate memory none;
        bytes[4] memory inputs = [
            abi.encodeCall(home.send, (AWAY, COIN, bob, 1, 0)),
            abi.encodeCall(home.deliver, (_awayToHome(), 1, "", none)),
            abi.encodeCall(home.retry, (_awayToHome(), 1, "")),
            abi.encodeCall(home.refund, (_awayToHome(), 1, ""))
        ];
        for (uint256 i; i < 4; ++i) {
            taker.setCall(address(home), inputs[i]);
            _deliver(_home(), _away(), _to(address(taker), 100, 0));
            assertEq(address(taker).balance, 100 * (i + 1)); // it takes the coin only if it was kept out by the guard
        }
    }

    function test_Forced_coin_changes_nothing() public {
        vm.deal(address(home), 50_000);
        _assertLocked(10_000);
        bytes memory error = abi.encodeWithSelector(IBridgeErrors.InsufficientLocked.selector, COIN, 10_000, 10_001);
        bytes memory message = _to(bob, 10_001, 0);
        uint64 sequence = _deliverDeferring(_home(), _away(), _list(message), 0, 0, error);
        vm.prank(alice);
        home.send{value: 1}(AWAY, COIN, alice, 1, 0);
        home.retry(_awayToHome(), sequence, message);
        assertEq(bob.balance, 10_001);
        _assertLocked(0);
    }

    function test_A_call_that_is_refused_pays_nothing_and_goes_back() public {
        bytes memory call = _callMessage(COIN, address(taker), 1000, 10, alice, "");
        bytes memory reason = abi.encodeWithSelector(IGateway.RecipientRefusedCall.selector, taker, "");
        uint64 sequence = _deliverDeferring(_home(), _away(), _list(call), 0, 0, reason);
        assertEq(address(taker).balance + deliverer.balance, 0);
        _assertLocked(10_000);
        vm.prank(address(taker));
        home.refund(_awayToHome(), sequence, call);
        (, bytes32 hash) = home.outbound(AWAY);
        assertEq(hash, _fold(_fold(_homeToAway(), _to(alice, 10_000, 0)), _to(alice, 1000, 10)));
        _assertLocked(10_000);
    }

    function test_The_wrapped_coin_and_the_Gateway_are_paid_nothing() public {
        bytes memory reason = abi.encodeWithSelector(IBridgeErrors.RecipientRefused.selector, coin);
        _deliverDeferring(_home(), _away(), _list(_to(address(coin), 1, 0)), 0, 0, reason);
        address gateway = home.gateway();
        reason = abi.encodeWithSelector(IBridgeErrors.RecipientRefused.selector, gateway);
        bytes memory message = _to(gateway, 1, 0);
        uint64 sequence = _deliverDeferring(_home(), _away(), _list(message), 0, 0, reason);
        vm.expectRevert(reason);
        home.retry(_awayToHome(), sequence, message);
    }

    function test_A_successor_takes_all_that_is_locked_with_a_call() public {
        Successor successor = new Successor();
        home.announceHandover(COIN, address(successor));
        _later(7 days);
        vm.prank(guardian);
        home.pauseAsset(COIN);
        vm.deal(address(home), 50_000);
        vm.expectEmit(address(home));
        emit IBridgeEvents.HandedOver(COIN, address(successor), 10_000);
        home.handover(COIN);
        assertEq(successor.received(COIN), 10_000);
        assertEq(address(successor).balance, 10_000);
        _assertLocked(0);
    }

    function test_A_successor_that_cannot_take_coin_gets_none() public {
        home.announceHandover(COIN, address(taker));
        _later(7 days);
        vm.prank(guardian);
        home.pauseAsset(COIN);
        vm.expectRevert();
        home.handover(COIN);
        _assertLocked(10_000);
    }
}
