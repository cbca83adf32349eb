// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ERC20} from "solady/tokens/ERC20.sol";
import {IIntents, Intent} from "../src/interfaces/IIntents.sol";
import {IntentWorld} from "./support/IntentWorld.sol";

/// @notice `sendFor` by an owner with a key, its nonces, and whose the message is.
contract IntentsSignedTest is IntentWorld {
    Intent private intent;

    function setUp() public {
        _makeIntents();
        _approve(address(original), address(intents), type(uint256).max);
        intent = _intent();
    }

    function _refuses(Intent memory what, bytes memory signature, bytes memory error) private {
        vm.prank(relayer);
        vm.expectRevert(error);
        intents.sendFor(what, signature);
    }

    function _refused(address who) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IIntents.SignatureRefused.selector, who);
    }

    function _used(uint256 nonce) private view returns (bytes memory) {
        return abi.encodeWithSelector(IIntents.NonceUsed.selector, owner, nonce);
    }

    function _submit(uint256 nonce) private {
        intent.nonce = nonce;
        intents.sendFor(intent, _signedIntent(intent));
    }

    function test_Anyone_submits_a_signed_intent_and_gets_the_relayer_fee() public {
        bytes memory signature = _signedIntent(intent);
        _expectSent(intents, intent);
        vm.prank(relayer);
        (uint64 sequence, bytes32 id) = intents.sendFor(intent, signature);
        (uint64 last, bytes32 rollingHash) = home.outbound(AWAY);
        assertEq(sequence, last);
        assertEq(id, rollingHash);
        _assertTaken(address(original), owner);
    }

    function test_What_is_signed_is_the_digest_that_the_contract_names() public view {
        assertEq(intents.intentHash(intent), _intentDigest(intents, intent));
        (, string memory name, string memory version, uint256 chainId, address at,,) = intents.eip712Domain();
        assertEq(name, "Intents");
        assertEq(version, "1");
        assertEq(chainId, HOME);
        assertEq(at, address(intents));
    }

    function test_A_short_signature_does_as_well() public {
        bytes memory signature = _sign(ownerKey, _intentDigest(intents, intent));
        assertEq(signature.length, 64);
        vm.prank(relayer);
        intents.sendFor(intent, signature);
        _assertTaken(address(original), owner);
    }

    function test_Without_a_relayer_fee_the_relayer_gets_nothing() public {
        intent.relayerFee = 0;
        vm.prank(relayer);
        intents.sendFor(intent, _signedIntent(intent));
        assertEq(original.balanceOf(owner), 90 ether);
        assertEq(original.balanceOf(relayer), 0);
        _assertNothingStays(intents, address(original));
    }

    /// @dev Every field is signed.
    function testFuzz_No_other_intent_passes_with_the_signature(Intent memory other) public {
        bytes memory signature = _signedIntent(intent);
        other.owner = owner;
        vm.assume(keccak256(abi.encode(other)) != keccak256(abi.encode(intent)));
        _refuses(other, signature, _refused(owner));
        _assertUntouched(address(original));
    }

    function test_No_bit_of_the_intent_can_be_changed() public {
        bytes memory signature = _signedIntent(intent);
        for (uint256 field; field < 9; ++field) {
            bytes memory encoded = abi.encode(intent);
            encoded[32 * field + 31] ^= 0x01;
            Intent memory other = abi.decode(encoded, (Intent));
            _refuses(other, signature, _refused(other.owner));
        }
    }

    function test_Another_chain_or_another_contract_is_refused() public {
        bytes memory elsewhere = _signature(ownerKey, _intentDigest(awayIntents, intent));
        _refuses(intent, elsewhere, _refused(owner));
        bytes memory here = _signedIntent(intent);
        vm.chainId(HOME + 10);
        _refuses(intent, here, _refused(owner));
    }

    function test_Broken_signatures_are_refused_and_nobody_is_no_owner() public {
        bytes memory signature = _signedIntent(intent);
        _refuses(intent, "", _refused(owner));
        _refuses(intent, new bytes(65), _refused(owner));
        _refuses(intent, bytes.concat(signature, hex"00"), _refused(owner));
        intent.owner = address(0); // which a failed recovery gives
        _refuses(intent, new bytes(65), _refused(address(0)));
        _refuses(intent, new bytes(64), _refused(address(0)));
        _refuses(intent, "", _refused(address(0)));
    }

    function test_Expired_intents_are_refused() public {
        bytes memory signature = _signedIntent(intent);
        vm.warp(intent.deadline + 1);
        _refuses(intent, signature, abi.encodeWithSelector(IIntents.IntentExpired.selector, intent.deadline));
        vm.warp(intent.deadline);
        vm.prank(relayer);
        intents.sendFor(intent, signature);
        _assertTaken(address(original), owner);
    }

    function test_A_signature_is_good_once() public {
        bytes memory signature = _signedIntent(intent);
        assertFalse(intents.nonceUsed(owner, 77));
        intents.sendFor(intent, signature);
        assertTrue(intents.nonceUsed(owner, 77));
        _refuses(intent, signature, _used(77));
        intent.recipient = stranger; // another intent with the same nonce
        _refuses(intent, _signedIntent(intent), _used(77));
    }

    function test_Nonces_come_in_any_order() public {
        _submit(type(uint256).max);
        _submit(0);
        _submit(255);
        _submit(256);
        _submit(1);
        uint256[5] memory used = [type(uint256).max, 0, 255, 256, 1];
        for (uint256 i; i < 5; ++i) {
            assertTrue(intents.nonceUsed(owner, used[i]));
        }
        assertFalse(intents.nonceUsed(owner, 2));
        assertFalse(intents.nonceUsed(owner, 257));
        assertFalse(intents.nonceUsed(owner, type(uint256).max - 1));
    }

    function test_The_owner_cancels_a_nonce_and_nobody_elses() public {
        vm.prank(stranger);
        intents.cancelNonce(77);
        assertFalse(intents.nonceUsed(owner, 77));
        vm.expectEmit(address(intents));
        emit IIntents.NonceCancelled(owner, 77);
        vm.prank(owner);
        intents.cancelNonce(77);
        _refuses(intent, _signedIntent(intent), _used(77));
        vm.prank(owner);
        vm.expectRevert(_used(77));
        intents.cancelNonce(77);
        _submit(76);
    }

    function test_What_fails_uses_no_nonce() public {
        _approve(address(original), address(intents), 10.5 ether - 1);
        _refuses(intent, _signedIntent(intent), abi.encodeWithSelector(ERC20.InsufficientAllowance.selector));
        assertFalse(intents.nonceUsed(owner, 77));
    }

    function test_A_stranger_names_no_sender_to_the_Bridge() public {
        original.mint(stranger, 100 ether);
        vm.startPrank(stranger);
        original.approve(address(home), 100 ether);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger));
        home.sendFor(owner, AWAY, ASSET, recipient, 10 ether, 1 ether);
        vm.stopPrank();
    }

    /// @dev The token itself cannot be paid at the other end, which the Bridge here does not know.
    function test_A_refund_goes_to_the_owner() public {
        intent.recipient = address(wrapped);
        intents.sendFor(intent, _signedIntent(intent));
        bytes memory message = _message(intent);
        _deliver(_away(), _home(), message);
        assertEq(away.deferred(_homeToAway(), 1), keccak256(message));
        vm.warp(block.timestamp + away.REFUND_DELAY());
        away.refund(_homeToAway(), 1, message);
        _deliver(_home(), _away(), _transfer(owner, 10 ether, 1 ether));
        assertEq(original.balanceOf(owner), 89.5 ether + 9 ether);
        assertEq(original.balanceOf(address(home)), 0);
    }
}
