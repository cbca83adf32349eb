// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificate, Mode} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {Counter} from "./support/Recipients.sol";
import {NoReturnToken} from "./tokens/StrangeTokens.sol";
import {Scenes} from "./support/Scenes.sol";

/// @notice Delivered by somebody whom the token refuses, so that no fee can be paid: the recipients must not suffer for it.
contract ForgoneTest is Scenes {
    uint32 private constant OTHER = 9;

    NoReturnToken private token = new NoReturnToken();

    function setUp() public {
        _makeScene();
        home.registerAsset(OTHER, address(token), Mode.Lock, PLENTY);
        _setFee(home, OTHER, AWAY, 0);
        token.mint(alice, 1000);
        vm.startPrank(alice);
        token.approve(address(home), 1000);
        home.send(AWAY, OTHER, alice, 1000, 0);
        vm.stopPrank();
        token.setBlacklisted(deliverer, true);
    }

    function _deliverForgoing(bytes[] memory messages, uint64 sequence) private {
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), messages);
        vm.chainId(HOME);
        vm.expectEmit(address(home));
        emit IBridgeEvents.FeeForgone(_awayToHome(), sequence, deliverer);
        vm.prank(deliverer);
        home.deliver(_awayToHome(), first, wire, certificate);
    }

    function test_The_recipient_gets_the_whole_amount() public {
        _deliverForgoing(_list(_message(OTHER, bob, 100, 10, alice)), 1);
        assertEq(token.balanceOf(bob), 100);
        assertEq(home.asset(OTHER).locked, 900);
    }

    function test_In_a_run_each_gets_its_own() public {
        bytes memory free = _message(OTHER, carol, 50, 0, alice);
        _deliverForgoing(_list(free, _message(OTHER, bob, 100, 10, alice), _message(OTHER, carol, 100, 20, alice)), 2);
        assertEq(token.balanceOf(bob), 100);
        assertEq(token.balanceOf(carol), 150);
        assertEq(home.asset(OTHER).locked, 750);
    }

    function test_Tokens_and_call_arrive() public {
        Counter counter = new Counter();
        _deliverForgoing(_list(_callMessage(OTHER, address(counter), 100, 10, alice, "")), 1);
        assertEq(token.balanceOf(address(counter)), 100);
        assertGt(counter.gas(), 0);
    }

    function test_A_recipient_who_is_refused_too_waits_for_that_reason() public {
        token.setBlacklisted(bob, true);
        bytes memory reason = abi.encodeWithSelector(NoReturnToken.Blacklisted.selector, bob);
        _deliverDeferring(_home(), _away(), _list(_message(OTHER, bob, 100, 10, alice)), 0, 0, reason);
        assertEq(home.asset(OTHER).locked, 1000);
    }

    function test_One_who_gets_nothing_but_the_fee_and_is_refused_waits() public {
        token.setBlacklisted(bob, true);
        bytes memory reason = abi.encodeWithSelector(IBridgeErrors.DelivererRefused.selector, deliverer, 100);
        _deliverDeferring(_home(), _away(), _list(_message(OTHER, bob, 100, 100, alice)), 0, 0, reason);
    }

    function test_Who_is_refused_cannot_retry_and_others_can() public {
        token.setBlacklisted(bob, true);
        bytes memory message = _message(OTHER, bob, 100, 10, alice);
        bytes memory reason = abi.encodeWithSelector(NoReturnToken.Blacklisted.selector, bob);
        uint64 sequence = _deliverDeferring(_home(), _away(), _list(message), 0, 0, reason);
        token.setBlacklisted(bob, false);
        _expectRetryFails(abi.encodeWithSelector(IBridgeErrors.DelivererRefused.selector, deliverer, 10));
        vm.prank(deliverer);
        home.retry(_awayToHome(), sequence, message);
        vm.prank(carol);
        home.retry(_awayToHome(), sequence, message);
        assertEq(token.balanceOf(bob), 90);
        assertEq(token.balanceOf(carol), 10);
    }

    /// @dev Whatever gas a delivery is given: it reverts, or the recipient is paid. Never does it end as a deferral.
    function testFuzz_Too_little_gas_spoils_nothing(uint256 gas) public {
        token.setBurnsGas(true);
        gas = bound(gas, 100_000, 1_500_000);
        (uint64 first, bytes memory wire, Certificate memory certificate) =
            _delivery(_home(), _away(), _list(_message(OTHER, bob, 100, 10, alice)));
        vm.chainId(HOME);
        vm.prank(deliverer);
        (bool done,) = address(home).call{gas: gas}(abi.encodeCall(home.deliver, (_awayToHome(), first, wire, certificate)));
        assertEq(token.balanceOf(bob), done ? 100 : 0);
        assertEq(home.deferred(_awayToHome(), 1), 0);
    }
}
