// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {InteroperableAddress} from "@openzeppelin/contracts/utils/draft-InteroperableAddress.sol";
import {Messages} from "../src/Messages.sol";
import {Call, Certificate, Fees} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {IGateway} from "../src/interfaces/IGateway.sol";
import {CallWorld} from "./support/CallWorld.sol";
import {Moody, Recorder, Rude} from "./support/Recipients.sol";
import {Vm} from "forge-std/Vm.sol";

/// @notice Messages of kind 3, delivered away.
contract CallsTest is CallWorld {
    Recorder private recorder;
    Moody private moody;

    function setUp() public {
        _makeCallWorld();
        recorder = new Recorder(IERC20(address(wrapped)));
        moody = new Moody();
    }

    function _send(Call memory call) private returns (uint64 sequence) {
        vm.prank(alice);
        (sequence,) = home.sendCall(call);
    }

    function test_A_call_is_sent_with_its_sender_gas_and_payload() public {
        bytes memory message = _call(ASSET, address(recorder), 5 ether, MINIMUM, alice, 100_000, "hello");
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageSent(AWAY, 1, alice, _fold(_homeToAway(), message), message);
        _send(Call(AWAY, ASSET, alice, address(recorder), 5 ether, MINIMUM, 100_000, "hello"));
        assertEq(home.asset(ASSET).locked, 5 ether);
        assertEq(original.balanceOf(alice), 995 ether);
    }

    function test_A_call_gets_its_tokens_first_and_is_made_once() public {
        _deliver(_away(), _home(), _call(ASSET, address(recorder), 5 ether, MINIMUM, alice, 400_000, "hello"));
        assertEq(recorder.count(), 1);
        Recorder.Received memory received = recorder.received(0);
        assertEq(received.caller, address(awayGateway));
        assertEq(received.receiveId, _receiveId(1));
        assertEq(received.sender, InteroperableAddress.formatEvmV1(HOME, alice));
        assertEq(received.payload, "hello");
        assertEq(received.balance, 5 ether - MINIMUM);
        assertEq(wrapped.balanceOf(deliverer), MINIMUM);
        assertGe(received.gas, 399_000);
        assertEq(away.deferred(_homeToAway(), 1), 0);
    }

    function test_A_call_can_be_paid_for_without_bringing_anything() public {
        _deliver(_away(), _home(), _call(ASSET, address(recorder), MINIMUM, MINIMUM, alice, 400_000, ""));
        assertEq(recorder.received(0).balance, 0);
        assertEq(wrapped.balanceOf(deliverer), MINIMUM);
    }

    function test_Calls_transfers_and_other_calls_flow_in_one_batch() public {
        _deliver(
            _away(),
            _home(),
            _list(_pureCall(address(recorder), 400_000, "a"), _transfer(alice, 1 ether, MINIMUM), _pureCall(address(recorder), 400_000, ""))
        );
        assertEq(recorder.count(), 2);
        assertEq(recorder.received(1).receiveId, _receiveId(3));
        assertEq(wrapped.balanceOf(alice), 1 ether - MINIMUM);
    }

    function test_What_a_recipient_does_not_take_is_deferred_whole() public {
        moody.setMood(Moody.Mood.Reverts, 0);
        bytes memory message = _call(ASSET, address(moody), 5 ether, MINIMUM, alice, 100_000, "x");
        bytes memory reason = abi.encodeWithSelector(
            IGateway.RecipientRefusedCall.selector, address(moody), abi.encodeWithSelector(Moody.NotNow.selector, 7)
        );
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_away(), _home(), _list(message));
        vm.chainId(AWAY);
        vm.expectEmit(address(away));
        emit IBridgeEvents.MessageDeferred(_homeToAway(), 1, keccak256(message), 0, reason);
        away.deliver(_homeToAway(), first, wire, certificate);
        assertEq(wrapped.totalSupply(), 0);

        moody.setMood(Moody.Mood.Good, 0);
        vm.prank(deliverer);
        away.retry(_homeToAway(), 1, message);
        assertEq(wrapped.balanceOf(address(moody)), 5 ether - MINIMUM);
        assertEq(wrapped.balanceOf(deliverer), MINIMUM);
    }

    function test_Bombs_gas_burners_wrong_answers_and_accounts_without_code_are_deferred() public {
        Moody.Mood[4] memory moods =
            [Moody.Mood.Bomb, Moody.Mood.BurnsGas, Moody.Mood.AnswersWrongly, Moody.Mood.AnswersShortly];
        uint64 sequence;
        for (; sequence < moods.length; ++sequence) {
            moody.setMood(moods[sequence], 0);
            bytes memory message = _call(ASSET, address(moody), 5 ether, MINIMUM, alice, 100_000, "x");
            _deliver(_away(), _home(), _list(message, _transfer(alice, 1 ether, MINIMUM)));
            assertEq(away.deferred(_homeToAway(), 2 * sequence + 1), keccak256(message));
        }
        bytes memory nobody = _pureCall(makeAddr("nobody"), 100_000, "");
        vm.recordLogs();
        _deliver(_away(), _home(), nobody);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        (,, bytes memory reason) = abi.decode(logs[1].data, (bytes32, uint64, bytes));
        assertEq(reason, abi.encodeWithSelector(IGateway.RecipientWithoutCode.selector, makeAddr("nobody")));
        assertEq(away.deferred(_homeToAway(), 2 * sequence + 1), keccak256(nobody));
        assertEq(wrapped.balanceOf(alice), 4 * (1 ether - MINIMUM));
        vm.expectPartialRevert(IBridgeErrors.RetryFailed.selector);
        away.retry(_homeToAway(), 2 * sequence + 1, nobody);
    }

    function test_What_is_done_with_a_wrong_answer_is_undone_and_others_flow() public {
        Rude rude = new Rude();
        bytes memory refused = _pureCall(address(rude), 100_000, "");
        _deliver(
            _away(), _home(), _list(_pureCall(address(recorder), 400_000, "a"), refused, _pureCall(address(recorder), 400_000, "b"))
        );
        assertEq(rude.calls(), 0);
        assertEq(away.deferred(_homeToAway(), 2), keccak256(refused));
        assertEq(recorder.count(), 2);
        assertEq(recorder.received(1).receiveId, _receiveId(3));
        vm.expectPartialRevert(IBridgeErrors.RetryFailed.selector);
        away.retry(_homeToAway(), 2, refused);
        assertEq(rude.calls(), 0);
    }

    function test_Of_several_calls_that_are_not_taken_each_is_deferred_with_its_own_reason() public {
        moody.setMood(Moody.Mood.Reverts, 0);
        address nobody = makeAddr("nobody");
        bytes memory first = _pureCall(address(moody), 100_000, "a");
        bytes memory second = _pureCall(nobody, 100_000, "b");
        bytes memory third = _pureCall(address(moody), 100_000, "c");
        bytes memory reverted = abi.encodeWithSelector(
            IGateway.RecipientRefusedCall.selector, address(moody), abi.encodeWithSelector(Moody.NotNow.selector, 7)
        );
        bytes memory absent = abi.encodeWithSelector(IGateway.RecipientWithoutCode.selector, nobody);
        (uint64 from, bytes memory wire, Certificate memory certificate) = _delivery(_away(), _home(), _list(first, second, third));
        vm.chainId(AWAY);
        vm.expectEmit(address(away));
        emit IBridgeEvents.MessageDeferred(_homeToAway(), 1, keccak256(first), 0, reverted);
        vm.expectEmit(address(away));
        emit IBridgeEvents.MessageDeferred(_homeToAway(), 2, keccak256(second), 0, absent);
        vm.expectEmit(address(away));
        emit IBridgeEvents.MessageDeferred(_homeToAway(), 3, keccak256(third), 0, reverted);
        away.deliver(_homeToAway(), from, wire, certificate);
        assertEq(away.deferred(_homeToAway(), 2), keccak256(second));
    }

    function test_A_call_that_needs_more_gas_than_it_asked_for_gets_it_in_a_retry() public {
        moody.setMood(Moody.Mood.NeedsGas, 150_000);
        bytes memory message = _call(ASSET, address(moody), 5 ether, MINIMUM, alice, 100_000, "x");
        _deliver(_away(), _home(), message);
        assertEq(away.deferred(_homeToAway(), 1), keccak256(message));
        vm.expectRevert();
        away.retry{gas: 500_000}(_homeToAway(), 1, message);
        away.retry{gas: 3_000_000}(_homeToAway(), 1, message);
        assertEq(wrapped.balanceOf(address(moody)), 5 ether - MINIMUM);
    }

    function test_Nobody_else_can_be_named_as_sender() public {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.SenderNotCaller.selector, address(this), alice));
        _send(Call(AWAY, 0, address(this), address(recorder), 0, 0, 1, ""));
    }

    function test_A_call_that_no_block_could_deliver_is_not_sent() public {
        Call memory call = Call(AWAY, 0, alice, address(recorder), 0, 0, 5_000_000, new bytes(32_769));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.PayloadTooLong.selector, 32_769, 32_768));
        _send(call);
        (call.gasLimit, call.payload) = (5_000_001, new bytes(32_768));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.GasLimitTooHigh.selector, 5_000_001, 5_000_000));
        _send(call);
        call.gasLimit = 5_000_000;
        _send(call);
    }

    function test_A_call_pays_for_its_gas_and_its_bytes() public {
        Fees memory highest = Fees(1 ether, 1 ether, 1 ether, 1 ether, 1 ether);
        home.setFeeBounds(ASSET, AWAY, Fees(0, 0, 0, 0, 0), highest);
        home.setMinimumFees(ASSET, AWAY, Fees(0, 0, 1000, 7, 11));
        uint128 minimum = 1000 + 7 * 50_000 + 11 * 4;
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.FeeTooLow.selector, minimum - 1, minimum));
        _send(Call(AWAY, ASSET, alice, address(recorder), 1 ether, minimum - 1, 50_000, "abcd"));
        _send(Call(AWAY, ASSET, alice, address(recorder), minimum, minimum, 50_000, "abcd"));
    }

    function test_Calls_without_tokens_need_a_fee_that_was_set() public {
        vm.chainId(HOME);
        home.openLane(5, address(away));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.MinimumFeeNotSet.selector, 0, 5));
        _send(Call(5, 0, alice, address(recorder), 0, 0, 1, ""));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLane.selector, 6));
        _send(Call(6, 0, alice, address(recorder), 0, 0, 1, ""));
    }

    function test_Without_tokens_no_coin_is_taken_and_no_fee_above_nothing() public {
        vm.deal(alice, 1 ether);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.ValueWrong.selector, 1, 0));
        home.sendCall{value: 1}(Call(AWAY, 0, alice, address(recorder), 0, 0, 1, ""));
        vm.expectRevert(abi.encodeWithSelector(Messages.FeeAboveAmount.selector, 1, 0));
        _send(Call(AWAY, 0, alice, address(recorder), 0, 1, 1, ""));
    }

    function test_Calls_to_the_bridge_itself_are_refused() public {
        address[4] memory refused = [address(0), address(home), address(homeGateway), address(away)];
        for (uint256 i; i < 4; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.RecipientRefused.selector, refused[i]));
            _send(Call(AWAY, 0, alice, refused[i], 0, 0, 1, ""));
        }
    }
}
