// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Call, Certificate} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IBridgedToken} from "../../src/interfaces/IBridgedToken.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {AttackWorld} from "../support/AttackWorld.sol";
import {GasMeter} from "../support/Adversaries.sol";

/// @notice Attacks 42 and 43. The away Bridge has one message deferred (for its recipient, the token) and one to be delivered.
contract PausesTest is AttackWorld {
    bytes private waiting;
    bytes private next;
    Certificate private certificate;
    uint64 private until;

    function setUp() public override {
        super.setUp();
        _bring(alice, 50 ether, MINIMUM);
        waiting = _transferTo(address(wrapped), 5 ether, MINIMUM, bob);
        _deliver(_away(), _home(), waiting);
        next = _transfer(carol, 5 ether, MINIMUM);
        bytes memory wire;
        (, wire, certificate) = _delivery(_away(), _home(), _list(next));
        vm.chainId(AWAY);
        _wait(7 days);
        until = _now() + 3 days;
    }

    function _sends(bytes memory error) private {
        vm.startPrank(alice);
        if (error.length != 0) vm.expectRevert(error);
        away.send(HOME, ASSET, alice, 1 ether, MINIMUM);
        if (error.length != 0) vm.expectRevert(error);
        away.sendCall(Call(HOME, ASSET, alice, bob, 1 ether, MINIMUM, 0, ""));
        vm.stopPrank();
    }

    function _delivers(bytes memory error) private {
        if (error.length != 0) vm.expectRevert(error);
        away.deliver(_homeToAway(), 3, next, certificate);
    }

    function _retriesAndRefunds(bytes memory error) private {
        vm.expectRevert(error);
        away.retry(_homeToAway(), 2, waiting);
        vm.expectRevert(error);
        away.refund(_homeToAway(), 2, waiting);
    }

    function _rotates() private {
        away.rotate(members, 4, _certify(_rotationDigest(AWAY, away, 2, members, 4), 1, threshold));
        _wait(1 days);
        away.activateRotation();
        away.endOverlap();
    }

    function test_Attack_42_PauseOfEverything() public {
        away.pause();
        bytes memory error = abi.encodeWithSelector(IBridgeErrors.EverythingIsPaused.selector, until);
        _sends(error);
        _delivers(error);
        _retriesAndRefunds(error);
        _rotates(); // the way out of stolen keys stays open
    }

    function test_Attack_42_PauseOfALane() public {
        away.openLane(5, address(home));
        _setFee(away, ASSET, 5, MINIMUM);
        away.pauseLane(HOME);
        bytes memory error = abi.encodeWithSelector(IBridgeErrors.LaneIsPaused.selector, HOME, until);
        _sends(error);
        _delivers(error);
        _retriesAndRefunds(error);
        vm.prank(alice);
        away.send(5, ASSET, alice, 1 ether, MINIMUM); // other lanes run
        _rotates();
    }

    function test_Attack_42_PauseOfAnAsset() public {
        away.pauseAsset(ASSET);
        bytes memory error = abi.encodeWithSelector(IBridgeErrors.AssetIsPaused.selector, ASSET, until);
        _sends(error);
        _retriesAndRefunds(error);
        _expectDeferred(away, _homeToAway(), 3, next, error);
        _delivers(""); // the lane goes on, for the other assets
        _rotates();
    }

    function test_Attack_42_PauseTrapsNothingForEver() public {
        away.pause();
        away.pauseLane(HOME);
        away.pauseAsset(ASSET);
        vm.warp(until - 1);
        _delivers(abi.encodeWithSelector(IBridgeErrors.EverythingIsPaused.selector, until));
        vm.warp(until); // nobody has to lift it
        _delivers("");
        _sends("");
        assertEq(wrapped.balanceOf(carol), 5 ether - MINIMUM);
        away.refund(_homeToAway(), 2, waiting);
    }

    function test_Attack_43_PauseBypassedByABatch() public {
        away.pauseAsset(ASSET);
        bytes memory other = _message(OTHER, carol, 1 ether, 0); // of an asset that is not paused, nor even known
        bytes memory call = _call(ASSET, address(new GasMeter()), 5 ether, MINIMUM, bob, 100_000, "");
        _deliver(_away(), _home(), _list(next, other, call)); // none of them is a run of one asset
        for (uint64 sequence = 3; sequence <= 5; ++sequence) {
            assertNotEq(away.deferred(_homeToAway(), sequence), 0);
        }
        assertEq(wrapped.balanceOf(carol), 0);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AssetIsPaused.selector, ASSET, until));
        away.retry(_homeToAway(), 5, call);
    }

    function test_Attack_43_PauseBypassedThroughAnotherEntrance() public {
        away.pause();
        bytes memory error = abi.encodeWithSelector(IBridgeErrors.EverythingIsPaused.selector, until);
        vm.expectRevert(error);
        away.sendFor(alice, HOME, ASSET, alice, 1 ether, MINIMUM); // whoever has the role for it
        vm.startPrank(mallory);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, mallory));
        away.sendFor(alice, HOME, ASSET, alice, 1 ether, MINIMUM);
        // The token mints for bridges only, whatever is paused.
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.BridgeRefused.selector, mallory));
        wrapped.crosschainMint(alice, 1);
        vm.stopPrank();
        // A lane that is opened during a pause is paused with the others.
        away.openLane(5, address(home));
        _setFee(away, ASSET, 5, MINIMUM);
        vm.prank(alice);
        vm.expectRevert(error);
        away.send(5, ASSET, alice, 1 ether, MINIMUM);
    }
}
