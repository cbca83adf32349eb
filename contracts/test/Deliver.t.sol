// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificates} from "../src/Certificates.sol";
import {Messages} from "../src/Messages.sol";
import {Certificate} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {World} from "./support/World.sol";
import {Vm} from "forge-std/Vm.sol";

contract DeliverTest is World {
    address private alice = makeAddr("alice");
    address private bob = makeAddr("bob");

    function setUp() public {
        _makeWorld(4);
    }

    function test_A_delivery_mints_to_the_recipient_and_pays_the_fee_to_whoever_delivers() public {
        (uint64 first, bytes memory wire, Certificate memory certificate) =
            _delivery(_away(), _home(), _list(_transfer(alice, 5 ether, MINIMUM)));
        vm.chainId(AWAY);
        vm.expectEmit(address(away));
        emit IBridgeEvents.MessagesDelivered(_homeToAway(), 1, 1, _fold(_homeToAway(), wire), deliverer);
        vm.prank(deliverer);
        away.deliver(_homeToAway(), first, wire, certificate);

        assertEq(wrapped.balanceOf(alice), 5 ether - MINIMUM);
        assertEq(wrapped.balanceOf(deliverer), MINIMUM);
        assertEq(wrapped.totalSupply(), 5 ether);
        assertEq(_inbound(_away(), _home()), _fold(_homeToAway(), wire));
    }

    function test_A_round_trip_ends_where_it_began() public {
        _bring(alice, 10 ether, MINIMUM);
        vm.chainId(AWAY);
        vm.prank(alice);
        away.send(HOME, ASSET, alice, 10 ether - MINIMUM, MINIMUM);
        _deliver(_home(), _away(), _transfer(alice, 10 ether - MINIMUM, MINIMUM));

        assertEq(original.balanceOf(alice), 10 ether - 2 * MINIMUM);
        assertEq(original.balanceOf(deliverer), MINIMUM);
        assertEq(home.asset(ASSET).locked, MINIMUM); // the fee that was minted away
        assertEq(wrapped.totalSupply(), MINIMUM);
    }

    function test_A_batch_of_both_kinds_is_delivered_with_one_certificate() public {
        bytes[] memory messages = _list(
            _transfer(alice, 5 ether, MINIMUM), _transferTo(bob, 3 ether, 2 * MINIMUM, alice), _transfer(alice, 1 ether, MINIMUM)
        );
        _deliver(_away(), _home(), messages);
        assertEq(wrapped.balanceOf(alice), 6 ether - 2 * MINIMUM);
        assertEq(wrapped.balanceOf(bob), 3 ether - 2 * MINIMUM);
        assertEq(wrapped.balanceOf(deliverer), 4 * MINIMUM);
        uint64 sequence = _inboundSequence(_away(), _home());
        assertEq(sequence, 3);
    }

    function test_A_message_whose_fee_is_its_amount_pays_the_deliverer_only() public {
        _deliver(_away(), _home(), _transfer(alice, MINIMUM, MINIMUM));
        assertEq(wrapped.balanceOf(alice), 0);
        assertEq(wrapped.balanceOf(deliverer), MINIMUM);
    }

    function test_Two_executors_with_the_same_batch_the_second_learns_that_it_lost() public {
        (uint64 first, bytes memory wire, Certificate memory certificate) =
            _delivery(_away(), _home(), _list(_transfer(alice, 5 ether, MINIMUM)));
        vm.chainId(AWAY);
        away.deliver(_homeToAway(), first, wire, certificate);
        vm.expectPartialRevert(Certificates.NotAMember.selector); // what it folds to now, nobody signed
        away.deliver(_homeToAway(), first, wire, certificate);
        assertEq(wrapped.totalSupply(), 5 ether);
    }

    function test_A_gap_is_refused() public {
        (, bytes memory wire, Certificate memory certificate) =
            _delivery(_away(), _home(), _list(_transfer(alice, 5 ether, MINIMUM)));
        vm.chainId(AWAY);
        vm.expectPartialRevert(Certificates.NotAMember.selector);
        away.deliver(_homeToAway(), 2, wire, certificate);
        vm.expectPartialRevert(Certificates.NotAMember.selector);
        away.deliver(_homeToAway(), 0, wire, certificate);
    }

    function test_An_unknown_lane_is_refused() public {
        (uint64 first, bytes memory wire, Certificate memory certificate) =
            _delivery(_away(), _home(), _list(_transfer(alice, 5 ether, MINIMUM)));
        vm.chainId(AWAY);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLaneId.selector, bytes32("lane")));
        away.deliver("lane", first, wire, certificate);
    }

    function test_A_message_that_was_not_sent_is_refused() public {
        (uint64 first,, Certificate memory certificate) =
            _delivery(_away(), _home(), _list(_transfer(alice, 5 ether, MINIMUM)));
        vm.chainId(AWAY);
        vm.expectPartialRevert(Certificates.NotAMember.selector);
        away.deliver(_homeToAway(), first, _transfer(alice, 6 ether, MINIMUM), certificate);
    }

    function test_Messages_in_another_order_are_refused() public {
        (bytes memory a, bytes memory b) = (_transfer(alice, 5 ether, MINIMUM), _transfer(bob, 5 ether, MINIMUM));
        (uint64 first,, Certificate memory certificate) = _delivery(_away(), _home(), _list(a, b));
        vm.chainId(AWAY);
        vm.expectPartialRevert(Certificates.NotAMember.selector);
        away.deliver(_homeToAway(), first, bytes.concat(b, a), certificate);
    }

    function test_A_certificate_for_another_lane_is_refused() public {
        bytes memory wire = _transfer(alice, 5 ether, MINIMUM);
        Certificate memory certificate = _quorum(AWAY, away, _awayToHome(), 1, _fold(_homeToAway(), wire));
        vm.chainId(AWAY);
        vm.expectPartialRevert(Certificates.NotAMember.selector);
        away.deliver(_homeToAway(), 1, wire, certificate);
    }

    function test_A_certificate_for_another_chain_is_refused() public {
        bytes memory wire = _transfer(alice, 5 ether, MINIMUM);
        Certificate memory certificate = _quorum(HOME, away, _homeToAway(), 1, _fold(_homeToAway(), wire));
        vm.chainId(AWAY);
        vm.expectPartialRevert(Certificates.NotAMember.selector);
        away.deliver(_homeToAway(), 1, wire, certificate);
    }

    function test_After_a_chain_split_the_other_side_needs_other_certificates() public {
        (uint64 first, bytes memory wire, Certificate memory certificate) =
            _delivery(_away(), _home(), _list(_transfer(alice, 5 ether, MINIMUM)));
        vm.chainId(AWAY + 1);
        vm.expectPartialRevert(Certificates.NotAMember.selector);
        away.deliver(_homeToAway(), first, wire, certificate);
    }

    function test_A_certificate_for_a_later_sequence_is_refused() public {
        bytes memory wire = _transfer(alice, 5 ether, MINIMUM);
        Certificate memory certificate = _quorum(AWAY, away, _homeToAway(), 2, _fold(_homeToAway(), wire));
        vm.chainId(AWAY);
        vm.expectPartialRevert(Certificates.NotAMember.selector);
        away.deliver(_homeToAway(), 1, wire, certificate);
    }

    function test_A_malformed_certificate_moves_nothing() public {
        (uint64 first, bytes memory wire, Certificate memory certificate) =
            _delivery(_away(), _home(), _list(_transfer(alice, 5 ether, MINIMUM)));
        certificate.signers = 1;
        vm.chainId(AWAY);
        vm.expectRevert(abi.encodeWithSelector(Certificates.SignerCountWrong.selector, 1, threshold));
        away.deliver(_homeToAway(), first, wire, certificate);
        assertEq(wrapped.totalSupply(), 0);
        assertEq(_inbound(_away(), _home()), _homeToAway());
    }

    function test_Malformed_messages_are_refused_even_with_a_quorum() public {
        bytes memory good = _transfer(alice, 5 ether, MINIMUM);
        _refusedWithQuorum("", 0, abi.encodeWithSelector(Messages.NoMessages.selector));
        _refusedWithQuorum(
            bytes.concat(good, hex"01"), 2, abi.encodeWithSelector(Messages.MessageTruncated.selector, 57, 1, 57)
        );
        _refusedWithQuorum(bytes.concat(good, hex"00"), 2, abi.encodeWithSelector(Messages.UnknownKind.selector, 57, 0));
        _refusedWithQuorum(bytes.concat(good, hex"04"), 2, abi.encodeWithSelector(Messages.UnknownKind.selector, 57, 4));
        _refusedWithQuorum(
            bytes.concat(good, hex"03"), 2, abi.encodeWithSelector(Messages.MessageTruncated.selector, 57, 1, 84)
        );
        _refusedWithQuorum(
            _transfer(alice, 1, 2), 1, abi.encodeWithSelector(Messages.FeeAboveAmount.selector, 2, 1)
        );
    }

    function _refusedWithQuorum(bytes memory wire, uint64 sequence, bytes memory error) private {
        Certificate memory certificate = _quorum(AWAY, away, _homeToAway(), sequence, _fold(_homeToAway(), wire));
        vm.chainId(AWAY);
        vm.expectRevert(error);
        away.deliver(_homeToAway(), 1, wire, certificate);
    }

    function test_Nothing_is_logged_per_message_but_the_tokens_own_transfers() public {
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(
            _away(), _home(), _list(_transfer(alice, 5 ether, MINIMUM), _transfer(bob, 5 ether, MINIMUM))
        );
        vm.chainId(AWAY);
        vm.recordLogs();
        away.deliver(_homeToAway(), first, wire, certificate);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 4);
        assertEq(logs[0].topics[0], IBridgeEvents.MessagesDelivered.selector);
        for (uint256 i = 1; i < 4; ++i) {
            assertEq(logs[i].emitter, address(wrapped));
        }
    }
}
