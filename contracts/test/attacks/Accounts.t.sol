// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC7786Recipient} from "@openzeppelin/contracts/interfaces/draft-IERC7786.sol";
import {Certificate} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../../src/interfaces/IBridgeEvents.sol";
import {IGateway} from "../../src/interfaces/IGateway.sol";
import {AttackWorld} from "../support/AttackWorld.sol";

/// @notice A wallet that is a contract: it does what its owner says, and signs by ERC-1271.
contract Wallet {
    function run(address target, bytes calldata input) external payable returns (bytes memory) {
        (bool success, bytes memory answer) = target.call{value: msg.value}(input);
        if (success) return answer;
        assembly ("memory-safe") {
            revert(add(answer, 0x20), mload(answer))
        }
    }

    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return 0x1626ba7e;
    }
}

/// @notice A wallet that also takes coins and calls.
contract OpenWallet is Wallet, IERC7786Recipient {
    receive() external payable {}

    function receiveMessage(bytes32, bytes calldata, bytes calldata) external payable returns (bytes4) {
        return IERC7786Recipient.receiveMessage.selector;
    }
}

/// @notice Attacks 55 to 58: accounts with code of their own. Attack 54 is about Intents.
/// forge-config: default.evm_version = "prague"
contract AccountsTest is AttackWorld {
    uint256 private aliceKey;
    uint256 private bobKey;

    function setUp() public override {
        super.setUp();
        (alice, aliceKey) = makeAddrAndKey("alice");
        (bob, bobKey) = makeAddrAndKey("bob");
    }

    function _delegate(uint256 key, address to) private {
        vm.signAndAttachDelegation(to, key);
        vm.prank(deliverer);
        (bool success,) = address(this).call("");
        success; // an authorisation is taken whatever its transaction does
        assertEq(vm.addr(key).code, abi.encodePacked(hex"ef0100", to));
    }

    receive() external payable {}
    fallback() external {}

    function test_Attack_55_DelegatedAccountSendsAndReceives() public {
        address wallet = address(new OpenWallet());
        _delegate(aliceKey, wallet);
        _bring(alice, 5 ether, MINIMUM); // sends and is sent to like everybody: no rule asks for code, or who began the transaction
        assertEq(wrapped.balanceOf(alice), 5 ether - MINIMUM);

        // Through its own code, with another account paying for the transaction.
        vm.chainId(AWAY);
        bytes memory message = _transfer(alice, 1 ether, MINIMUM);
        vm.expectEmit(address(away));
        emit IBridgeEvents.MessageSent(HOME, 1, alice, _fold(_awayToHome(), message), message);
        vm.prank(mallory, mallory);
        OpenWallet(payable(alice)).run(address(away), abi.encodeCall(away.send, (HOME, ASSET, alice, 1 ether, MINIMUM)));
        _deliver(_home(), _away(), message);
        assertEq(original.balanceOf(alice), 1 ether - MINIMUM);

        // And it takes a call, which an account without code does not.
        _deliver(_away(), _home(), _call(ASSET, alice, 2 ether, MINIMUM, bob, 100_000, ""));
        assertEq(wrapped.balanceOf(alice), 6 ether - 2 * MINIMUM);
    }

    function test_Attack_55_DelegatedAccountSignsAsAValidator() public {
        address wallet = address(new Wallet());
        for (uint256 i; i < keys.length; ++i) {
            _delegate(keys[i], wallet);
        }
        // The key counts, and nothing that the account's code says: no certificate asks it.
        bytes memory message = _transfer(bob, 5 ether, MINIMUM);
        Certificate memory forged = Certificate(1, 7, new bytes(192));
        vm.chainId(AWAY);
        vm.expectRevert(abi.encodeWithSignature("SignatureInvalid(uint256)", 0));
        away.deliver(_homeToAway(), 1, message, forged);
        _deliver(_away(), _home(), message);
        assertEq(wrapped.balanceOf(bob), 5 ether - MINIMUM);
    }

    function test_Attack_56_RecipientDelegatesToRefusalOnTheWay() public {
        _lock(alice, 5 ether, MINIMUM);
        _stockCoin();
        _delegate(bobKey, address(new Wallet())); // which takes neither coins nor calls
        _deliver(_away(), _home(), _transfer(bob, 5 ether, MINIMUM));
        assertEq(wrapped.balanceOf(bob), 5 ether - MINIMUM); // a mint asks nobody

        _deliver(_home(), _away(), _message(COIN, bob, 3 ether, 0));
        assertEq(weth.balanceOf(bob), 3 ether); // the coin comes wrapped
        assertEq(home.asset(COIN).locked, 97 ether);

        bytes memory call = _call(ASSET, bob, 1 ether, 0, alice, 100_000, "");
        _deliverDeferred(call, abi.encodeWithSelector(IGateway.RecipientRefusedCall.selector, bob, ""));
        _delegate(bobKey, address(new OpenWallet())); // its owner repairs it
        vm.chainId(HOME);
        home.retry(_awayToHome(), 2, call);
        assertEq(original.balanceOf(bob), 1 ether);
    }

    function test_Attack_57_ContractSender() public {
        Wallet wallet = new Wallet();
        vm.chainId(HOME);
        original.mint(address(wallet), 10 ether);
        wallet.run(address(original), abi.encodeCall(original.approve, (address(home), 10 ether)));
        bytes memory input = abi.encodeCall(home.send, (AWAY, ASSET, address(0), 1 ether, MINIMUM));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.RecipientRefused.selector, address(0)));
        wallet.run(address(home), input); // there is no recipient by default

        // The event names both, so that everybody can compare and warn.
        bytes memory message = _transferTo(bob, 1 ether, MINIMUM, address(wallet));
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageSent(AWAY, 1, address(wallet), _fold(_homeToAway(), message), message);
        wallet.run(address(home), abi.encodeCall(home.send, (AWAY, ASSET, bob, 1 ether, MINIMUM)));
        _deliver(_away(), _home(), message);
        assertEq(wrapped.balanceOf(bob), 1 ether - MINIMUM);
    }

    function test_Attack_57_CounterfactualRecipient() public {
        bytes32 salt = "wallet";
        address recipient = vm.computeCreate2Address(salt, keccak256(type(OpenWallet).creationCode), address(this));
        _deliver(_away(), _home(), _transfer(recipient, 5 ether, MINIMUM));
        assertEq(wrapped.balanceOf(recipient), 5 ether - MINIMUM); // tokens wait at the address

        _lock(alice, 5 ether, MINIMUM);
        bytes memory call = _call(ASSET, recipient, 1 ether, 0, alice, 100_000, "");
        _deliverDeferred(call, abi.encodeWithSelector(IGateway.RecipientWithoutCode.selector, recipient));
        new OpenWallet{salt: salt}();
        home.retry(_awayToHome(), 1, call); // and a call waits for the code
        assertEq(original.balanceOf(recipient), 1 ether);
    }

    /// @dev A contract that calls from another layer arrives under another address: that one owns the tokens, and gets a refund.
    function test_Attack_57_AliasedSender() public {
        address aliased = address(uint160(address(new Wallet())) + uint160(0x1111000000000000000000000000000000001111));
        vm.chainId(HOME);
        original.mint(aliased, 1 ether);
        vm.startPrank(aliased);
        original.approve(address(home), 1 ether);
        home.send(AWAY, ASSET, bob, 1 ether, MINIMUM);
        vm.stopPrank();
        (, bytes32 id) = home.outbound(AWAY);
        assertEq(id, _fold(_homeToAway(), _transferTo(bob, 1 ether, MINIMUM, aliased)));
    }

    function test_Attack_58_SameAddressNotControlledAtTheDestination() public {
        // A wallet sends to its own address, where on the other chain nobody has a key.
        address wallet = address(new Wallet());
        bytes memory call = _call(ASSET, wallet, 5 ether, MINIMUM, wallet, 100_000, "");
        vm.etch(wallet, "");
        _deliver(_away(), _home(), call);
        assertEq(away.deferred(_homeToAway(), 1), keccak256(call));
        // A call that nobody takes goes back after a week, to who sent it: the same wallet on the chain where it is one.
        _wait(7 days - 1);
        vm.prank(mallory);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.RefundTooEarly.selector, _now() + 1));
        away.refund(_homeToAway(), 1, call);
        _wait(1);
        bytes memory back = _transfer(wallet, 5 ether, MINIMUM);
        vm.expectEmit(address(away));
        emit IBridgeEvents.MessageSent(HOME, 1, wallet, _fold(_awayToHome(), back), back);
        away.refund(_homeToAway(), 1, call);
    }
}
