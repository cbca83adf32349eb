// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IBridgedToken} from "../../src/interfaces/IBridgedToken.sol";
import {Call, Certificate, Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../../src/interfaces/IBridgeEvents.sol";
import {IGateway} from "../../src/interfaces/IGateway.sol";
import {Bomb} from "../support/Adversaries.sol";
import {AttackWorld} from "../support/AttackWorld.sol";
import {DecimalsToken, Ledger, SecondEntrance} from "../tokens/ListedTokens.sol";
import {HostileToken} from "../tokens/StrangeTokens.sol";
import {Vm} from "forge-std/Vm.sol";

/// @notice Attacks 33 to 37: amounts, tokens with two faces, recipients that are none, and answers too long to copy.
contract AmountsTest is AttackWorld {
    /// @dev A Bridge never asks: base units go in and the same base units come out.
    function test_Attack_33_Decimals() public {
        uint8[6] memory decimals = [6, 8, 18, 0, 27, 77];
        for (uint32 i; i < 7; ++i) {
            DecimalsToken token = new DecimalsToken(i < 6 ? decimals[i] : 18, i == 6);
            vm.chainId(HOME);
            home.registerAsset(20 + i, address(token), Mode.Lock, PLENTY);
            _setFee(home, 20 + i, AWAY, 0);
            token.mint(alice, 3);
            vm.startPrank(alice);
            token.approve(address(home), 3);
            home.send(AWAY, 20 + i, alice, 3, 1);
            vm.stopPrank();
            _deliver(_home(), _away(), _message(20 + i, bob, 3, 1));
            assertEq(token.balanceOf(bob), 2);
            assertEq(token.balanceOf(deliverer), 1);
            assertEq(home.asset(20 + i).locked, 0);
        }
    }

    function test_Attack_34_AmountsAtTheEdges() public {
        vm.chainId(HOME);
        original.mint(alice, type(uint256).max);
        _setFee(home, ASSET, AWAY, 0);
        vm.startPrank(alice);
        original.approve(address(home), type(uint256).max);
        vm.expectRevert(IBridgeErrors.AmountZero.selector);
        home.send(AWAY, ASSET, alice, 0, 0);
        home.send(AWAY, ASSET, alice, 1, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IBridgeErrors.AmountTooLarge.selector, type(uint128).max, type(uint128).max - 1)
        );
        home.send(AWAY, ASSET, alice, type(uint128).max, 0);
        home.send(AWAY, ASSET, alice, type(uint128).max - 1, 0);
        assertEq(home.asset(ASSET).locked, type(uint128).max);

        uint256[2] memory tooLarge = [uint256(1) << 128, type(uint256).max];
        for (uint256 i; i < 2; ++i) {
            (bool success, bytes memory reason) =
                address(home).call(abi.encodeWithSelector(home.send.selector, AWAY, ASSET, alice, tooLarge[i], 0));
            assertFalse(success);
            assertEq(reason.length, 0); // nothing is cut to fit
        }
        vm.stopPrank();
        uint128 most = wrapped.meter(address(away)).limit().capacity; // the limit of this test, a little less than 2^128
        _deliver(_away(), _home(), _list(_transfer(bob, 1, 0), _transfer(bob, most - 1, 0)));
        assertEq(wrapped.balanceOf(bob), most);
    }

    function test_Attack_35_OneTokenUnderTwoIds() public {
        vm.chainId(HOME);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.TokenAlreadyRegistered.selector, address(original), ASSET));
        home.registerAsset(OTHER, address(original), Mode.Lock, PLENTY);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.TokenRefused.selector, address(home)));
        home.registerAsset(OTHER, address(home), Mode.Lock, PLENTY);
        vm.chainId(AWAY);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.TokenAlreadyRegistered.selector, address(wrapped), ASSET));
        away.registerAsset(OTHER, address(wrapped), Mode.Lock, PLENTY); // the wrapped twin as somebody's home token
    }

    /// @dev Two addresses of one token look like two tokens. What is owed by each is counted apart, so both together are covered.
    function test_Attack_35_TokenWithTwoEntrances() public {
        Ledger ledger = new Ledger();
        SecondEntrance second = new SecondEntrance(address(ledger));
        _stock(address(ledger));
        home.registerAsset(10, address(second), Mode.Lock, PLENTY);
        _setFee(home, 10, AWAY, 0);
        ledger.mint(alice, 10 ether);
        vm.prank(alice);
        home.send(AWAY, 10, alice, 10 ether, 0);
        assertEq(ledger.balanceOf(address(home)), 110 ether);

        bytes memory tooMuch = _message(10, bob, 10 ether + 1, 0);
        _deliverDeferred(tooMuch, abi.encodeWithSelector(IBridgeErrors.InsufficientLocked.selector, 10, 10 ether, 10 ether + 1));
        _deliver(_home(), _away(), _list(_message(10, bob, 10 ether, 0), _message(OTHER, bob, 100 ether, 0)));
        assertEq(ledger.balanceOf(bob), 110 ether);
        assertEq(home.asset(10).locked + home.asset(OTHER).locked, 0);
    }

    function test_Attack_36_RecipientsRefusedAtTheSource() public {
        vm.chainId(HOME);
        original.mint(alice, 10 ether);
        vm.startPrank(alice);
        original.approve(address(home), 10 ether);
        address[5] memory refused = [address(0), address(home), home.gateway(), address(away), address(original)];
        for (uint256 i; i < refused.length; ++i) {
            bytes memory error = abi.encodeWithSelector(IBridgeErrors.RecipientRefused.selector, refused[i]);
            vm.expectRevert(error);
            home.send(AWAY, ASSET, refused[i], 1 ether, MINIMUM);
            vm.expectRevert(error);
            home.sendCall(Call(AWAY, ASSET, alice, refused[i], 1 ether, MINIMUM, 0, ""));
        }
        vm.stopPrank();
    }

    function test_Attack_36_RecipientsAreSafeAtTheDestination() public {
        address[4] memory refused = [address(0), address(away), address(wrapped), away.gateway()];
        for (uint64 i; i < refused.length; ++i) {
            bytes memory reason = i < 3
                ? abi.encodeWithSelector(IBridgedToken.MintRefused.selector, refused[i])
                : abi.encodeWithSelector(IBridgeErrors.RecipientRefused.selector, refused[i]);
            bytes memory message = _transfer(refused[i], 1 ether, 0);
            (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_away(), _home(), _list(message));
            vm.chainId(AWAY);
            _expectDeferred(away, _homeToAway(), first, message, reason);
            away.deliver(_homeToAway(), first, wire, certificate);
        }
        assertEq(wrapped.totalSupply(), 0);

        // Precompiles are accounts like others, who hold what they are sent, and are not called: they have no code.
        for (uint160 precompile = 1; precompile <= 0x100; precompile = precompile == 10 ? 0x100 : precompile + 1) {
            _deliver(_away(), _home(), _transfer(address(precompile), 1 ether, 0));
            assertEq(wrapped.balanceOf(address(precompile)), 1 ether);
        }
        bytes memory call = _call(ASSET, address(4), 1 ether, 0, alice, 100_000, "");
        (uint64 next, bytes memory bytes_, Certificate memory by) = _delivery(_away(), _home(), _list(call));
        _expectDeferred(
            away, _homeToAway(), next, call, abi.encodeWithSelector(IGateway.RecipientWithoutCode.selector, address(4))
        );
        away.deliver(_homeToAway(), next, bytes_, by);
    }

    function test_Attack_37_ReturndataBombOfAToken() public {
        HostileToken token = new HostileToken();
        _stock(address(token));
        token.setWay(HostileToken.Way.Bomb);
        (uint256 gas, uint256 length) = _deferralOf(_message(OTHER, bob, 5 ether, 0));
        assertEq(length, 256);
        assertLt(gas, 600_000);
    }

    function test_Attack_37_ReturndataBombOfARecipient() public {
        _lock(alice, 50 ether, MINIMUM);
        // 3,000,000 gas are enough for a recipient to make a megabyte; copying it would cost as much again.
        (uint256 gas, uint256 length) = _deferralOf(_call(ASSET, address(new Bomb()), 5 ether, 0, bob, 3_000_000, ""));
        assertEq(length, 256);
        assertLt(gas, 3_000_000);
        (gas, length) = _deferralOf(_call(0, address(new Bomb()), 0, 0, bob, 3_000_000, "")); // and without tokens
        assertLe(length, 256 + 100); // the Gateway wraps it
        assertLt(gas, 3_000_000);
        _stockCoin();
        Bomb bomb = new Bomb();
        _deliver(_home(), _away(), _message(COIN, address(bomb), 5 ether, 0));
        assertEq(weth.balanceOf(address(bomb)), 5 ether); // it did not take the coin
    }

    function _deferralOf(bytes memory message) private returns (uint256 gas, uint256 reasonLength) {
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        vm.chainId(HOME);
        vm.recordLogs();
        uint256 before = gasleft();
        home.deliver(_awayToHome(), first, wire, certificate);
        gas = before - gasleft();
        Vm.Log[] memory logs = vm.getRecordedLogs();
        Vm.Log memory last = logs[logs.length - 1];
        assertEq(last.topics[0], IBridgeEvents.MessageDeferred.selector);
        (,, bytes memory reason) = abi.decode(last.data, (bytes32, uint64, bytes));
        reasonLength = reason.length;
    }
}
