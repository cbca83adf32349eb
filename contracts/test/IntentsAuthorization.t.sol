// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IIntents, Intent} from "../src/interfaces/IIntents.sol";
import {IntentWorld} from "./support/IntentWorld.sol";
import {AuthorizationToken} from "./tokens/AuthorizationToken.sol";
import {FallbackToken} from "./tokens/StrangeTokens.sol";

/// @notice `sendWithAuthorization`: one signature for the token, over a nonce that is the intent's hash (ERC-3009).
contract IntentsAuthorizationTest is IntentWorld {
    AuthorizationToken private token;
    Intent private intent;

    function setUp() public {
        _makeIntents();
        token = new AuthorizationToken();
        intent = _register(address(token));
    }

    function _authorization(uint256 key, Intent memory what) private view returns (bytes memory) {
        return _authorization(key, what, uint256(what.amount) + what.relayerFee, what.deadline + 1);
    }

    function _authorization(uint256 key, Intent memory what, uint256 value, uint256 validBefore)
        private
        view
        returns (bytes memory)
    {
        bytes32 typehash = keccak256(
            "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
        );
        bytes32 nonce = _intentDigest(intents, what);
        bytes32 structHash = keccak256(abi.encode(typehash, what.owner, intents, value, 0, validBefore, nonce));
        return _signature(key, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), structHash)));
    }

    function _refuses(Intent memory what, bytes memory signature, bytes memory error) private {
        vm.prank(relayer);
        vm.expectRevert(error);
        intents.sendWithAuthorization(what, signature);
    }

    function test_Anyone_submits_an_authorization_and_gets_the_relayer_fee() public {
        _expectSent(intents, intent);
        bytes memory signature = _authorization(ownerKey, intent);
        vm.prank(relayer);
        (uint64 sequence, bytes32 id) = intents.sendWithAuthorization(intent, signature);
        (uint64 last, bytes32 rollingHash) = home.outbound(AWAY);
        assertEq(sequence, last);
        assertEq(id, rollingHash);
        _assertTaken(address(token), owner);
    }

    function test_An_authorization_is_good_once() public {
        bytes memory signature = _authorization(ownerKey, intent);
        intents.sendWithAuthorization(intent, signature);
        bytes32 nonce = intents.intentHash(intent);
        _refuses(intent, signature, abi.encodeWithSelector(AuthorizationToken.AuthorizationUsedAlready.selector, owner, nonce));
        intent.nonce = 78; // which makes it another intent
        vm.prank(relayer);
        intents.sendWithAuthorization(intent, _authorization(ownerKey, intent));
        assertEq(token.balanceOf(owner), 79 ether);
    }

    function test_An_altered_intent_is_not_what_was_signed() public {
        bytes memory signature = _authorization(ownerKey, intent);
        bytes memory error = abi.encodeWithSelector(AuthorizationToken.InvalidSignature.selector);
        Intent memory altered = intent;
        altered.recipient = stranger;
        _refuses(altered, signature, error);
        altered = intent;
        altered.destinationChainId = HOME;
        _refuses(altered, signature, error);
        altered = intent;
        (altered.fee, altered.nonce) = (10 ether, 1);
        _refuses(altered, signature, error);
        altered = intent;
        (altered.amount, altered.relayerFee) = (0.5 ether, 10 ether); // of the same total
        _refuses(altered, signature, error);
        altered = intent;
        altered.owner = stranger;
        token.mint(stranger, 100 ether);
        _refuses(altered, signature, error);
        _assertUntouched(address(token));
    }

    function test_Another_key_or_another_value_or_time_is_refused() public {
        bytes memory error = abi.encodeWithSelector(AuthorizationToken.InvalidSignature.selector);
        _refuses(intent, _authorization(strangerKey, intent), error);
        _refuses(intent, _authorization(ownerKey, intent, intent.amount, intent.deadline + 1), error);
        _refuses(intent, _authorization(ownerKey, intent, 10.5 ether, intent.deadline), error);
    }

    function test_Nobody_uses_the_authorization_in_the_place_of_the_contract() public {
        bytes memory signature = _authorization(ownerKey, intent);
        bytes32 nonce = intents.intentHash(intent);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(AuthorizationToken.CallerNotPayee.selector, intents, stranger));
        token.receiveWithAuthorization(owner, address(intents), 10.5 ether, 0, intent.deadline + 1, nonce, signature);
    }

    function test_The_deadlines_last_second_counts_for_both_and_the_next_for_neither() public {
        bytes memory signature = _authorization(ownerKey, intent);
        vm.warp(intent.deadline + 1);
        _refuses(intent, signature, abi.encodeWithSelector(IIntents.IntentExpired.selector, intent.deadline));
        vm.warp(intent.deadline);
        vm.prank(relayer);
        intents.sendWithAuthorization(intent, signature);
        _assertTaken(address(token), owner);
    }

    function test_A_deadline_that_never_comes_stays_one() public {
        intent.deadline = type(uint256).max;
        bytes memory signature = _authorization(ownerKey, intent, 10.5 ether, type(uint256).max);
        vm.prank(relayer);
        intents.sendWithAuthorization(intent, signature);
        _assertTaken(address(token), owner);
    }

    function test_An_authorization_is_for_one_chain_only() public {
        bytes memory signature = _authorization(ownerKey, intent);
        vm.chainId(5);
        _refuses(intent, signature, abi.encodeWithSelector(AuthorizationToken.InvalidSignature.selector));
    }

    /// @dev Wrapped coins take every unknown call for a deposit of nothing.
    function test_A_token_that_takes_every_call_and_moves_nothing_sends_nothing() public {
        vm.etch(address(token), address(new FallbackToken()).code);
        token.mint(address(intents), 10.5 ether); // not the owner's, so it does not count
        _refuses(intent, "", abi.encodeWithSelector(IIntents.AmountNotReceived.selector, 0, 10.5 ether));
    }
}
