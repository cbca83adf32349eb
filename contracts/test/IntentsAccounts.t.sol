// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IIntents, Intent} from "../src/interfaces/IIntents.sol";
import {ITransfers} from "../src/interfaces/ITransfers.sol";
import {AccountFactory, KeyDelegate, MuteDelegate} from "./support/Accounts.sol";
import {IntentWorld} from "./support/IntentWorld.sol";

/// @notice `sendFor` by contracts: that are there, that come with the signature, and that stand at the address of a key.
contract IntentsAccountsTest is IntentWorld {
    bytes32 private constant UNDEPLOYED = 0x6492649264926492649264926492649264926492649264926492649264926492;

    AccountFactory private factory = new AccountFactory();
    address private account; // not there yet
    Intent private intent;

    function setUp() public {
        _makeIntents();
        account = factory.addressOf(owner, address(original), address(intents));
        original.mint(account, 100 ether);
        intent = _intent();
        intent.owner = account;
    }

    function _creation() private view returns (bytes memory) {
        return abi.encodeCall(AccountFactory.create, (owner, address(original), address(intents)));
    }

    function _wrapped(address with, bytes memory input, bytes memory signature) private pure returns (bytes memory) {
        return bytes.concat(abi.encode(with, input, signature), UNDEPLOYED);
    }

    function _submit(bytes memory signature) private {
        vm.prank(relayer);
        intents.sendFor(intent, signature);
    }

    function _refuses(bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IIntents.SignatureRefused.selector, intent.owner));
        _submit(signature);
    }

    /// @dev The owner's key, at whose address there is code now.
    function _delegate(address implementation) private {
        vm.etch(owner, abi.encodePacked(hex"ef0100", implementation));
        intent.owner = owner;
        _approve(address(original), address(intents), type(uint256).max);
    }

    function test_A_contract_says_what_it_signed() public {
        factory.create(owner, address(original), address(intents));
        _refuses(_signature(strangerKey, _intentDigest(intents, intent)));
        _expectSent(intents, intent);
        _submit(_signedIntent(intent));
        _assertTaken(address(original), account);
    }

    function test_An_account_that_is_not_there_comes_with_its_signature() public {
        bytes memory signature = _wrapped(address(factory), _creation(), _signedIntent(intent));
        _expectSent(intents, intent);
        _submit(signature);
        assertGt(account.code.length, 0);
        _assertTaken(address(original), account);
        vm.expectRevert(abi.encodeWithSelector(IIntents.NonceUsed.selector, account, 77));
        _submit(signature);
    }

    function test_An_account_that_somebody_else_deployed_does_as_well() public {
        bytes memory signature = _wrapped(address(factory), _creation(), _signedIntent(intent));
        factory.create(owner, address(original), address(intents));
        vm.expectCall(address(factory), "", 0); // not a second time
        _submit(signature);
        _assertTaken(address(original), account);
    }

    function test_An_account_comes_only_with_its_own_keys_signature() public {
        _refuses(_signedIntent(intent)); // without its factory
        _refuses(_wrapped(address(factory), _creation(), _signature(strangerKey, _intentDigest(intents, intent))));
        assertEq(account.code.length, 0);
        assertFalse(intents.nonceUsed(account, 77));
    }

    function test_A_factory_that_fails_leaves_a_refused_signature() public {
        bytes memory signature = _signedIntent(intent);
        _refuses(_wrapped(address(factory), hex"12345678", signature)); // reverts
        _refuses(_wrapped(address(new MuteDelegate()), _creation(), signature)); // makes nothing
        _refuses(_wrapped(stranger, _creation(), signature)); // is no contract
        bytes memory other = abi.encodeCall(AccountFactory.create, (stranger, address(original), address(intents)));
        _refuses(_wrapped(address(factory), other, signature)); // makes another
    }

    function test_A_wrapped_signature_of_a_key_is_one() public {
        intent.owner = owner;
        _approve(address(original), address(intents), type(uint256).max);
        _submit(_wrapped(address(factory), hex"", _signedIntent(intent)));
        _assertTaken(address(original), owner);
    }

    function test_Mangled_wrappings_revert() public {
        vm.expectRevert(bytes(""));
        _submit(bytes.concat(hex"00", UNDEPLOYED));
        _refuses(bytes.concat(UNDEPLOYED)); // an empty one is no wrapping
    }

    /// @dev The calls of everybody's choice come from a contract that has no rights, so they move nobody's tokens: not what owners
    /// allowed Intents to take, and not what somebody sent to Intents by mistake.
    function test_No_factory_steals() public {
        _approve(address(original), address(intents), type(uint256).max);
        _approve(address(original), permit2, type(uint256).max);
        original.mint(address(intents), 3 ether);
        _expectHarmless(address(original), abi.encodeCall(IERC20.transferFrom, (owner, stranger, 100 ether)));
        _expectHarmless(address(original), abi.encodeCall(IERC20.transfer, (stranger, 3 ether)));
        _expectHarmless(address(original), abi.encodeCall(IERC20.approve, (stranger, 3 ether)));
        _expectHarmless(
            address(home), abi.encodeCall(ITransfers.sendFor, (owner, AWAY, ASSET, stranger, 3 ether, 1 ether))
        );
        _expectHarmless(address(home), abi.encodeCall(ITransfers.send, (AWAY, ASSET, stranger, 3 ether, 1 ether)));
        _expectHarmless(
            permit2, abi.encodeWithSignature("transferFrom(address,address,uint160,address)", owner, stranger, 1, original)
        );
        _expectHarmless(
            permit2, abi.encodeWithSignature("approve(address,address,uint160,uint48)", original, stranger, 1 ether, 1 << 47)
        );
        _expectHarmless(address(intents), abi.encodeCall(IIntents.cancelNonce, (5)));
        _expectHarmless(address(manager), abi.encodeCall(manager.grantRole, (FORWARDER, stranger, 0)));
    }

    /// @dev Submitted by a thief with a good signature for their own one token.
    function _expectHarmless(address target, bytes memory input) private {
        address thief = vm.addr(strangerKey);
        original.mint(thief, 1 ether);
        vm.prank(thief);
        original.approve(address(intents), 1 ether);
        Intent memory own = _intent();
        (own.owner, own.amount, own.relayerFee) = (thief, 1 ether, 0);
        own.nonce = uint256(keccak256(input)) >> 8 << 8 | uint160(target) & 0xff;
        bytes memory signature = _signature(strangerKey, _intentDigest(intents, own));
        uint256 locked = home.asset(ASSET).locked;
        vm.prank(thief);
        intents.sendFor(own, _wrapped(target, input, signature));

        assertEq(home.asset(ASSET).locked, locked + 1 ether);
        assertEq(original.balanceOf(owner), 100 ether);
        assertEq(original.balanceOf(address(intents)), 3 ether);
        assertEq(original.balanceOf(stranger), 0);
        assertEq(original.allowance(owner, address(intents)), type(uint256).max);
        assertEq(original.allowance(address(intents), stranger), 0);
        assertFalse(intents.nonceUsed(owner, 5));
        (bool granted,) = manager.hasRole(FORWARDER, stranger);
        assertFalse(granted);
    }

    function test_A_factory_does_not_come_back_into_the_contract() public {
        _approve(address(original), address(intents), type(uint256).max);
        Intent memory inner = _intent();
        bytes memory input = abi.encodeCall(IIntents.sendFor, (inner, _signedIntent(inner)));
        _refuses(_wrapped(address(intents), input, _signedIntent(intent)));
        assertFalse(intents.nonceUsed(owner, 77));
    }

    /// forge-config: default.evm_version = "prague"
    function test_A_key_still_signs_where_its_code_knows_no_signatures() public {
        vm.signAndAttachDelegation(address(new MuteDelegate()), ownerKey);
        intent.owner = owner;
        _approve(address(original), address(intents), type(uint256).max);
        assertEq(owner.code.length, 23);
        _refuses(_signature(strangerKey, _intentDigest(intents, intent)));
        _expectSent(intents, intent);
        _submit(_signedIntent(intent));
        _assertTaken(address(original), owner);
    }

    function test_The_code_at_a_keys_address_signs_too() public {
        _delegate(address(new KeyDelegate(vm.addr(strangerKey))));
        _submit(_signature(strangerKey, _intentDigest(intents, intent)));
        _assertTaken(address(original), owner);
        intent.nonce = 78;
        _submit(_signedIntent(intent)); // and the key itself
        assertEq(original.balanceOf(owner), 79 ether);
        intent.nonce = 79;
        _refuses(_signature(uint256(keccak256("a third")), _intentDigest(intents, intent)));
    }
}
