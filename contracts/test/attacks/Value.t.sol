// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Call, Certificate, IBridge} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {AttackWorld} from "../support/AttackWorld.sol";

/// @notice Leaves its coins to somebody who did not ask for them.
contract Testament {
    constructor(address payable heir) payable {
        selfdestruct(heir);
    }
}

/// @notice Delivers, and takes no coin.
contract Sink {
    function deliver(IBridge bridge, bytes32 lane, uint64 first, bytes calldata wire, Certificate calldata certificate) external {
        bridge.deliver(lane, first, wire, certificate);
    }
}

/// @notice Attacks 52 and 53: the chain's own coin where it is not expected, or not enough of it. 100 coins are locked.
contract ValueTest is AttackWorld {
    function setUp() public override {
        super.setUp();
        _stockCoin();
        _lock(alice, 50 ether, MINIMUM);
        vm.deal(alice, 100 ether);
        vm.deal(mallory, 100 ether);
        vm.prank(alice);
        original.approve(address(home), type(uint256).max);
        original.mint(alice, 50 ether);
    }

    function test_Attack_52_ForcedEther() public {
        new Testament{value: 7 ether}(payable(address(home)));
        vm.coinbase(address(home));
        assertEq(address(home).balance, 107 ether);
        assertEq(home.asset(COIN).locked, 100 ether); // a count, and not a balance
        bytes memory more = _message(COIN, bob, 100 ether + 1, 0);
        _deliverDeferred(more, abi.encodeWithSelector(IBridgeErrors.InsufficientLocked.selector, COIN, 100 ether, 100 ether + 1));
        _deliver(_home(), _away(), _message(COIN, bob, 100 ether, 0));
        assertEq(bob.balance, 100 ether);
        assertEq(address(home).balance, 7 ether);

        // What is sent without a message does not get in at all.
        vm.startPrank(alice);
        (bool success,) = address(home).call{value: 1 ether}("");
        assertFalse(success);
        (success,) = home.gateway().call{value: 1 ether}("");
        assertFalse(success);
        vm.stopPrank();
    }

    function test_Attack_52_DonatedTokens() public {
        original.mint(address(home), 7 ether);
        assertEq(home.asset(ASSET).locked, 50 ether);
        vm.prank(alice);
        home.send(AWAY, ASSET, alice, 1 ether, MINIMUM); // counts what came now, and nothing before
        assertEq(home.asset(ASSET).locked, 51 ether);
        bytes memory more = _transfer(bob, 51 ether + 1, 0);
        _deliverDeferred(more, abi.encodeWithSelector(IBridgeErrors.InsufficientLocked.selector, ASSET, 51 ether, 51 ether + 1));
        vm.prank(address(away));
        wrapped.crosschainMint(address(weth), 1 ether); // nor does a wrapped token that somebody lost disturb anybody
        _deliver(_away(), _home(), _transfer(bob, 1 ether, 0));
        assertEq(wrapped.totalSupply(), 2 ether);
    }

    function test_Attack_53_ValueThatDoesNotFit() public {
        vm.startPrank(alice);
        _wrong(1, 0);
        home.send{value: 1}(AWAY, ASSET, alice, 1 ether, MINIMUM); // coins with a token
        _wrong(4 ether, 5 ether);
        home.send{value: 4 ether}(AWAY, COIN, alice, 5 ether, 0); // underpaid
        _wrong(6 ether, 5 ether);
        home.send{value: 6 ether}(AWAY, COIN, alice, 5 ether, 0); // overpaid
        _wrong(0, 5 ether);
        home.sendCall(Call(AWAY, COIN, alice, bob, 5 ether, 0, 0, ""));
        _wrong(1, 0);
        home.sendCall{value: 1}(Call(AWAY, ASSET, alice, bob, 1 ether, MINIMUM, 0, ""));
        vm.stopPrank();

        _setFee(home, 0, AWAY, 0);
        vm.startPrank(alice);
        _wrong(1, 0);
        home.sendCall{value: 1}(Call(AWAY, 0, alice, bob, 0, 0, 0, "")); // coins with nothing
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.FeeTooLow.selector, MINIMUM - 1, MINIMUM));
        home.send(AWAY, ASSET, alice, 1 ether, MINIMUM - 1);
        vm.stopPrank();

        vm.chainId(AWAY);
        vm.prank(alice);
        _wrong(1, 0);
        away.send{value: 1}(HOME, ASSET, alice, 1 ether, MINIMUM);
        assertEq(home.asset(COIN).locked, 100 ether);
        assertEq(alice.balance, 100 ether);
    }

    function _wrong(uint256 given, uint256 needed) private {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.ValueWrong.selector, given, needed));
    }

    function test_Attack_53_ValueInASettingsCall() public {
        vm.prank(mallory);
        (bool success,) = address(home).call{value: 1 ether}(abi.encodeCall(home.activateRotation, ()));
        assertFalse(success);
        vm.prank(mallory);
        (success,) = address(home).call{value: 1 ether}(
            abi.encodeCall(home.deliver, (_awayToHome(), 1, _transfer(mallory, 1 ether, 0), Certificate(1, 0, "")))
        );
        assertFalse(success);
        assertEq(address(home).balance, 100 ether);
    }

    function test_Attack_53_FeeToASinkThatTakesNoCoin() public {
        Sink sink = new Sink();
        (uint64 first, bytes memory wire, Certificate memory certificate) =
            _delivery(_home(), _away(), _list(_message(COIN, bob, 5 ether, 1 ether)));
        vm.chainId(HOME);
        sink.deliver(home, _awayToHome(), first, wire, certificate);
        assertEq(bob.balance, 4 ether);
        assertEq(weth.balanceOf(address(sink)), 1 ether); // wrapped, and nobody waits
        assertEq(home.asset(COIN).locked, 95 ether);
    }
}
