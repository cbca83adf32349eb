// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";
import {Intents} from "../src/Intents.sol";
import {IIntents, Intent} from "../src/interfaces/IIntents.sol";
import {IntentWorld} from "./support/IntentWorld.sol";
import {NoReturnToken} from "./tokens/StrangeTokens.sol";
import {stdError} from "forge-std/Test.sol";

/// @notice `sendWithPermit`: the owner's own transaction, with ERC-2612 in the place of an approval.
contract IntentsPermitTest is IntentWorld {
    function setUp() public {
        _makeIntents();
    }

    function _own() private view returns (Intent memory intent) {
        intent = _intent();
        intent.relayerFee = 0;
    }

    /// @dev With a permit for exactly what the intent takes.
    function _send(Intents at, ERC20 token, Intent memory intent, uint256 key) private {
        uint256 total = uint256(intent.amount) + intent.relayerFee;
        (uint8 v, bytes32 r, bytes32 s) = _permit(key, token, address(at), total, block.timestamp);
        vm.prank(owner);
        at.sendWithPermit(intent, block.timestamp, v, r, s);
    }

    function test_The_owner_sends_with_a_permit_at_home() public {
        Intent memory intent = _own();
        (uint8 v, bytes32 r, bytes32 s) = _permit(ownerKey, original, address(intents), 10 ether, block.timestamp);
        _expectSent(intents, intent);
        vm.prank(owner);
        (uint64 sequence, bytes32 id) = intents.sendWithPermit(intent, block.timestamp, v, r, s);

        (uint64 last, bytes32 rollingHash) = home.outbound(AWAY);
        assertEq(sequence, last);
        assertEq(id, rollingHash);
        assertEq(original.balanceOf(owner), 90 ether);
        assertEq(original.balanceOf(address(home)), 10 ether);
        assertEq(home.asset(ASSET).locked, 10 ether);
        assertEq(original.allowance(owner, address(intents)), 0);
        _assertNothingStays(intents, address(original));
    }

    function test_The_owner_sends_with_a_permit_of_the_bridged_token() public {
        _bring(owner, 21 ether, 1 ether);
        vm.chainId(AWAY);
        uint256 supply = wrapped.totalSupply();
        Intent memory intent = _own();
        intent.destinationChainId = HOME;
        _expectSent(awayIntents, intent);
        _send(awayIntents, wrapped, intent, ownerKey);
        assertEq(wrapped.balanceOf(owner), 10 ether);
        assertEq(wrapped.totalSupply(), supply - 10 ether);
        _assertNothingStays(awayIntents, address(wrapped));
    }

    function test_A_permit_that_somebody_used_already_does_no_harm() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(ownerKey, original, address(intents), 10 ether, block.timestamp);
        vm.prank(stranger);
        original.permit(owner, address(intents), 10 ether, block.timestamp, v, r, s);
        vm.prank(owner);
        intents.sendWithPermit(_own(), block.timestamp, v, r, s);
        assertEq(original.balanceOf(owner), 90 ether);
        _assertNothingStays(intents, address(original));
    }

    function test_Without_allowance_a_wrong_permit_does_not_help() public {
        Intent memory intent = _own();
        (uint8 v, bytes32 r, bytes32 s) = _permit(strangerKey, original, address(intents), 10 ether, block.timestamp);
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(ERC20.InsufficientAllowance.selector));
        intents.sendWithPermit(intent, block.timestamp, v, r, s);
        (v, r, s) = _permit(ownerKey, original, address(intents), 9 ether, block.timestamp); // for less
        vm.expectRevert(abi.encodeWithSelector(ERC20.InsufficientAllowance.selector));
        intents.sendWithPermit(intent, block.timestamp, v, r, s);
        (v, r, s) = _permit(ownerKey, original, address(awayIntents), 10 ether, block.timestamp); // for another
        vm.expectRevert(abi.encodeWithSelector(ERC20.InsufficientAllowance.selector));
        intents.sendWithPermit(intent, block.timestamp, v, r, s);
        vm.stopPrank();
        _assertUntouched(address(original));
    }

    function test_An_expired_permit_does_not_help() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(ownerKey, original, address(intents), 10 ether, block.timestamp - 1);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ERC20.InsufficientAllowance.selector));
        intents.sendWithPermit(_own(), block.timestamp - 1, v, r, s);
    }

    function test_Nobody_but_the_owner_sends_with_a_permit() public {
        _approve(address(original), address(intents), 100 ether);
        (uint8 v, bytes32 r, bytes32 s) = _permit(ownerKey, original, address(intents), 10 ether, block.timestamp);
        vm.prank(relayer);
        vm.expectRevert(abi.encodeWithSelector(IIntents.OnlyOwner.selector, owner, relayer));
        intents.sendWithPermit(_own(), block.timestamp, v, r, s);
        _assertUntouched(address(original));
    }

    function test_The_deadlines_last_second_counts_and_the_next_does_not() public {
        Intent memory intent = _own();
        vm.warp(intent.deadline);
        _send(intents, original, intent, ownerKey);
        vm.warp(intent.deadline + 1);
        (uint8 v, bytes32 r, bytes32 s) = _permit(ownerKey, original, address(intents), 10 ether, intent.deadline + 1);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(IIntents.IntentExpired.selector, intent.deadline));
        intents.sendWithPermit(intent, intent.deadline + 1, v, r, s);
    }

    function test_A_relayer_fee_of_ones_own_comes_back() public {
        _send(intents, original, _intent(), ownerKey);
        assertEq(original.balanceOf(owner), 90 ether);
        _assertNothingStays(intents, address(original));
    }

    function test_A_token_without_permit_takes_the_allowance_that_is_there() public {
        NoReturnToken token = new NoReturnToken();
        Intent memory intent = _register(address(token));
        intent.relayerFee = 0;
        vm.startPrank(owner);
        vm.expectRevert(stdError.arithmeticError);
        intents.sendWithPermit(intent, block.timestamp, 27, 0, 0);
        token.approve(address(intents), 10 ether);
        intents.sendWithPermit(intent, block.timestamp, 27, 0, 0);
        vm.stopPrank();
        assertEq(token.balanceOf(address(home)), 10 ether);
        _assertNothingStays(intents, address(token));
    }
}
