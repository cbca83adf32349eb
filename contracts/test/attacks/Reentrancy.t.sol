// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Bridge} from "../../src/Bridge.sol";
import {Call, Certificate, IBridge, Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {Observer, Reenterer} from "../support/Adversaries.sol";
import {AttackWorld} from "../support/AttackWorld.sol";
import {HookToken} from "../tokens/StrangeTokens.sol";

/// @notice Attacks 25 to 27: in through the back door, while the Bridge works.
contract ReentrancyTest is AttackWorld {
    bytes4 private constant REENTRANT = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;

    Reenterer private intruder;
    HookToken private token;

    function setUp() public override {
        super.setUp();
        intruder = new Reenterer();
        token = new HookToken();
        _stock(address(token));
    }

    /// @dev Every way in that moves something.
    function _entrances(bytes32 lane, bytes memory message, Certificate memory certificate)
        private
        view
        returns (bytes[] memory inputs)
    {
        inputs = new bytes[](7);
        Call memory call = Call(AWAY, OTHER, address(intruder), alice, 1, 0, 0, "");
        inputs[0] = abi.encodeCall(home.send, (AWAY, OTHER, alice, 1, 0));
        inputs[1] = abi.encodeCall(home.sendCall, (call));
        inputs[2] = abi.encodeCall(home.deliver, (lane, 1, message, certificate));
        inputs[3] = abi.encodeCall(home.retry, (lane, 1, message));
        inputs[4] = abi.encodeCall(home.refund, (lane, 1, message));
        inputs[5] = abi.encodeCall(Bridge(address(home)).release, (OTHER, message, mallory));
        inputs[6] = abi.encodeCall(Bridge(address(home)).payAndCall, (lane, 1, message, mallory, 0));
    }

    function _assertAllBlocked() private view {
        for (uint256 i; i < 7; ++i) {
            assertEq(intruder.answers(i), i < 5 ? REENTRANT : IBridgeErrors.OnlySelf.selector);
        }
    }

    function test_Attack_25_FromATokensHookOnRelease() public {
        bytes memory message = _message(OTHER, bob, 5 ether, 0);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        intruder.plan(address(home), _entrances(_awayToHome(), message, certificate));
        token.setHook(address(intruder), abi.encodeCall(intruder.onTransfer, ()));
        vm.chainId(HOME);
        home.deliver(_awayToHome(), first, wire, certificate);
        _assertAllBlocked();
        assertEq(token.balanceOf(bob), 5 ether);
        assertEq(home.asset(OTHER).locked, 95 ether);
    }

    function test_Attack_25_FromATokensHookOnLock() public {
        bytes memory message = _message(OTHER, bob, 5 ether, 0);
        (,, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        intruder.plan(address(home), _entrances(_awayToHome(), message, certificate));
        token.setHook(address(intruder), abi.encodeCall(intruder.onTransfer, ()));
        vm.chainId(HOME);
        token.mint(alice, 3 ether);
        vm.startPrank(alice);
        token.approve(address(home), 3 ether);
        home.send(AWAY, OTHER, alice, 3 ether, 0);
        vm.stopPrank();
        _assertAllBlocked();
        assertEq(home.asset(OTHER).locked, 103 ether);
    }

    function test_Attack_25_FromACall() public {
        bytes memory message = _call(OTHER, address(intruder), 5 ether, 0, bob, 2_000_000, "");
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        intruder.plan(address(home), _entrances(_awayToHome(), message, certificate));
        vm.chainId(HOME);
        home.deliver(_awayToHome(), first, wire, certificate);
        _assertAllBlocked();
        assertEq(token.balanceOf(address(intruder)), 5 ether);
    }

    function test_Attack_25_FromAPaymentInTheChainsOwnCoin() public {
        _stockCoin();
        bytes[] memory inputs = new bytes[](1);
        inputs[0] = abi.encodeCall(home.send, (AWAY, COIN, alice, 1, 0));
        intruder.plan(address(home), inputs);
        _deliver(_home(), _away(), _message(COIN, address(intruder), 5 ether, 0));
        assertEq(intruder.answers(0), REENTRANT);
        assertEq(address(intruder).balance, 5 ether);
        assertEq(home.asset(COIN).locked, 95 ether);
    }

    /// @dev Rotations have no guard. The certificate of the delivery under way was checked before anybody else was called.
    function test_Attack_25_RotationDuringADelivery() public {
        vm.chainId(HOME);
        home.rotate(members, 4, _certify(_rotationDigest(HOME, home, 2, members, 4), 1, threshold));
        _wait(1 days);
        bytes[] memory inputs = new bytes[](1);
        inputs[0] = abi.encodeCall(home.activateRotation, ());
        intruder.plan(address(home), inputs);
        _deliver(_home(), _away(), _call(OTHER, address(intruder), 5 ether, 0, bob, 500_000, ""));
        assertEq(intruder.answers(0), bytes4(0xffffffff));
        assertEq(home.epoch(), 2);
        assertEq(token.balanceOf(address(intruder)), 5 ether);
    }

    function test_Attack_26_ReadOnlyReentrancy() public {
        Observer observer = new Observer(home, OTHER, AWAY, _awayToHome());
        token.setHook(address(observer), abi.encodeCall(observer.observe, ()));
        bytes memory message = _message(OTHER, bob, 5 ether, 0);
        _deliver(_home(), _away(), message);
        Observer.Seen memory seen = observer.seen();
        // Before the first token moves, everything that the Bridge says is what it says afterwards.
        assertEq(seen.inbound, home.inbound(AWAY));
        assertEq(seen.locked, 95 ether);
        (, uint256 available) = home.inboundLimit(OTHER);
        assertEq(seen.available, available);
        assertGe(seen.balance, seen.locked); // never more is owed than held
        assertEq(seen.deferred, 0);
    }

    function test_Attack_26_ReadOnlyReentrancyFromACall() public {
        vm.chainId(AWAY);
        Observer observer = new Observer(away, ASSET, HOME, _homeToAway());
        bytes memory call = _call(ASSET, address(observer), 5 ether, MINIMUM, bob, 500_000, "");
        _deliver(_away(), _home(), _list(call, _transfer(alice, 1 ether, MINIMUM)));
        Observer.Seen memory seen = observer.seen();
        assertEq(seen.supply, 5 ether); // what has been paid so far is supply, and no more
        assertEq(seen.inbound, away.inbound(HOME));
        assertEq(wrapped.totalSupply(), 6 ether);
    }

    function test_Attack_27_LockIntoOneBridgeWhileAnotherPays() public {
        IBridge twin = _twin();
        // What home pays to the twin in between must not count as what alice sent.
        bytes memory message = _message(OTHER, address(twin), 2 ether, 0);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        vm.chainId(HOME);
        bytes[] memory inputs = new bytes[](1);
        inputs[0] = abi.encodeCall(home.deliver, (_awayToHome(), first, wire, certificate));
        intruder.plan(address(home), inputs);
        token.setHook(address(intruder), abi.encodeCall(intruder.onTransfer, ()));
        token.mint(alice, 3 ether);
        vm.startPrank(alice);
        token.approve(address(twin), 3 ether);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AmountNotReceived.selector, 5 ether, 3 ether));
        twin.send(AWAY, OTHER, alice, 3 ether, 0);
        vm.stopPrank();
        assertEq(twin.asset(OTHER).locked, 0);
        assertEq(home.asset(OTHER).locked, 100 ether);
    }

    function test_Attack_27_LockDuringARelease() public {
        IBridge twin = _twin();
        bytes[] memory inputs = new bytes[](1);
        inputs[0] = abi.encodeCall(twin.send, (AWAY, OTHER, mallory, 3 ether, 0));
        intruder.plan(address(twin), inputs);
        token.mint(address(intruder), 3 ether);
        vm.prank(address(intruder));
        token.approve(address(twin), 3 ether);
        bytes memory message = _call(OTHER, address(intruder), 5 ether, 0, bob, 2_000_000, "");
        _deliver(_home(), _away(), message);
        assertEq(intruder.answers(0), bytes4(0xffffffff));
        assertEq(home.asset(OTHER).locked, 95 ether);
        assertEq(twin.asset(OTHER).locked, 3 ether);
        assertEq(token.balanceOf(address(home)), 95 ether);
        assertEq(token.balanceOf(address(twin)), 3 ether);
    }

    /// @dev A second Bridge at home, for the same token.
    function _twin() private returns (IBridge twin) {
        vm.chainId(HOME);
        twin = _newBridge(address(manager), members, threshold);
        twin.openLane(AWAY, address(away));
        twin.registerAsset(OTHER, address(token), Mode.Lock, PLENTY);
        _setFee(twin, OTHER, AWAY, 0);
    }
}
