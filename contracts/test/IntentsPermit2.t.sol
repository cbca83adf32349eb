// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IIntents, Intent} from "../src/interfaces/IIntents.sol";
import {IPermit2State, Permit2World} from "./support/Permit2World.sol";
import {FeeToken} from "./tokens/StrangeTokens.sol";

/// @notice `sendWithPermit2`, through the bytecode that Permit2 has on every chain.
contract IntentsPermit2Test is Permit2World {
    Intent private intent;

    function setUp() public {
        _makeIntents();
        _approve(address(original), permit2, type(uint256).max);
        intent = _intent();
    }

    function _permitted(Intent memory what) private view returns (bytes memory) {
        return _permitted(ownerKey, address(intents), what);
    }

    function _refuses(Intent memory what, bytes memory signature, bytes memory error) private {
        vm.prank(relayer);
        vm.expectRevert(error);
        intents.sendWithPermit2(what, signature);
    }

    function test_Anyone_submits_a_permit_with_the_intent_as_witness_and_gets_the_relayer_fee() public {
        bytes memory signature = _permitted(intent);
        _expectSent(intents, intent);
        vm.prank(relayer);
        (uint64 sequence, bytes32 id) = intents.sendWithPermit2(intent, signature);
        (uint64 last, bytes32 rollingHash) = home.outbound(AWAY);
        assertEq(sequence, last);
        assertEq(id, rollingHash);
        assertEq(IPermit2State(permit2).nonceBitmap(owner, 0), 1 << 77);
        _assertTaken(address(original), owner);
    }

    function test_An_altered_witness_is_not_what_was_signed() public {
        bytes memory signature = _permitted(intent);
        bytes memory error = abi.encodeWithSelector(IPermit2State.InvalidSigner.selector);
        Intent memory altered = intent;
        altered.recipient = stranger;
        _refuses(altered, signature, error);
        altered = intent;
        altered.fee = intent.amount;
        _refuses(altered, signature, error);
        altered = intent;
        (altered.amount, altered.relayerFee) = (0.5 ether, 10 ether); // of the same total
        _refuses(altered, signature, error);
        altered = intent;
        altered.destinationChainId = HOME;
        _refuses(altered, signature, error);
        altered = intent;
        altered.deadline += 1;
        _refuses(altered, signature, error);
        altered = intent;
        altered.nonce += 1;
        _refuses(altered, signature, error);
        altered = intent;
        altered.owner = stranger;
        _refuses(altered, signature, error);
        _assertUntouched(address(original));
    }

    function test_A_permit_is_good_once() public {
        bytes memory signature = _permitted(intent);
        intents.sendWithPermit2(intent, signature);
        _refuses(intent, signature, abi.encodeWithSelector(IPermit2State.InvalidNonce.selector));
        intent.nonce = 5; // in any order
        intents.sendWithPermit2(intent, _permitted(intent));
        assertEq(original.balanceOf(owner), 79 ether);
    }

    function test_What_is_cancelled_at_Permit2_is_refused() public {
        vm.prank(owner);
        IPermit2State(permit2).invalidateUnorderedNonces(0, 1 << 77);
        _refuses(intent, _permitted(intent), abi.encodeWithSelector(IPermit2State.InvalidNonce.selector));
    }

    function test_The_nonces_of_Permit2_are_not_those_of_sendFor() public {
        _approve(address(original), address(intents), type(uint256).max);
        intents.sendFor(intent, _signedIntent(intent));
        assertEq(IPermit2State(permit2).nonceBitmap(owner, 0), 0);
        intents.sendWithPermit2(intent, _permitted(intent));
        assertEq(original.balanceOf(owner), 79 ether);
    }

    function test_The_deadlines_last_second_counts_and_the_next_does_not() public {
        bytes memory signature = _permitted(intent);
        vm.warp(intent.deadline + 1);
        _refuses(intent, signature, abi.encodeWithSelector(IIntents.IntentExpired.selector, intent.deadline));
        vm.warp(intent.deadline);
        vm.prank(relayer);
        intents.sendWithPermit2(intent, signature);
        _assertTaken(address(original), owner);
    }

    function test_A_permit_for_another_spender_or_by_another_key_is_refused() public {
        bytes memory error = abi.encodeWithSelector(IPermit2State.InvalidSigner.selector);
        _refuses(intent, _permitted(ownerKey, address(awayIntents), intent), error);
        _refuses(intent, _permitted(strangerKey, address(intents), intent), error);
        _refuses(intent, _signedIntent(intent), error);
    }

    function test_Nobody_uses_the_permit_in_the_place_of_the_contract() public {
        bytes memory signature = _permitted(intent);
        _refusesDirectly(intent, stranger, signature);
    }

    function test_A_token_that_keeps_a_part_is_refused() public {
        FeeToken token = new FeeToken();
        intent = _register(address(token));
        _approve(address(token), permit2, type(uint256).max);
        bytes memory error = abi.encodeWithSelector(IIntents.AmountNotReceived.selector, 10.5 ether - 1, 10.5 ether);
        _refuses(intent, _permitted(intent), error);
    }

    function test_Without_Permit2_on_the_chain_nothing_is_sent() public {
        bytes memory signature = _permitted(intent);
        vm.etch(permit2, "");
        _refuses(intent, signature, "");
    }
}
