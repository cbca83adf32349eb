// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificates} from "../../src/Certificates.sol";
import {Limit} from "../../src/Meters.sol";
import {ValidatorSets} from "../../src/ValidatorSets.sol";
import {Certificate, IBridge} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../../src/interfaces/IBridgeEvents.sol";
import {LossWorld} from "../support/LossWorld.sol";

/// @notice Losses 1 to 7 of bridges before us, on ours.
contract LossesTo7Test is LossWorld {
    /// @dev All keys stolen, and nobody looks for an hour: two buckets of a hundred. Then a guardian does.
    function test_Loss_01_Ronin2022() public {
        _deliver(_home(), _away(), _loot(1, 9 * UNIT)); // a bucket at once waits a day
        assertEq(original.balanceOf(mallory), 0);
        _deliver(_home(), _away(), _loot(50, 4 * UNIT));
        assertEq(original.balanceOf(mallory), 8 * UNIT);
        _wait(1 hours);
        _deliver(_home(), _away(), _loot(50, 2 * UNIT));
        assertLe(original.balanceOf(mallory), 20 * UNIT);

        home.pause();
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _loot(1, UNIT));
        uint64 until = _now() + 3 days;
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.EverythingIsPaused.selector, until));
        home.deliver(_awayToHome(), first, wire, certificate);
        assertLe(100 * UNIT - home.asset(ASSET).locked, 20 * UNIT);
    }

    function test_Loss_02_Ronin2024() public {
        // No upgrade and no initializer; a set without a threshold is refused wherever a set comes from.
        bytes memory code = _bridgeCode(address(manager), members, 0);
        vm.expectRevert(abi.encodeWithSelector(ValidatorSets.ThresholdTooLow.selector, 0, 3));
        _create(code);
        vm.expectRevert(abi.encodeWithSelector(Certificates.TooFewSignatures.selector, 0, 3));
        home.deliver(_awayToHome(), 1, _loot(1, UNIT)[0], Certificate(1, 0, ""));
    }

    /// @dev A relayed message made the bridge's own contract change the keepers. Ours runs in the Gateway, which nothing trusts.
    function testFuzz_Loss_03_Poly2021(bytes memory payload, uint256 which) public {
        address[7] memory targets =
            [address(home), home.settings(), home.gateway(), address(original), address(manager), address(wrapped), address(9)];
        address target = targets[which % 7];
        bytes memory message = _call(ASSET, target, 0, 0, mallory, 300_000, which / 7 % 2 == 0 ? payload : _orders(which));
        vm.record();
        _deliver(_home(), _away(), message);
        _assertDeferred(1, message);
        (, bytes32[] memory written) = vm.accesses(address(manager));
        assertEq(written.length, 0);
        (, written) = vm.accesses(address(home));
        assertLe(written.length, 3 + 1); // the lane and the deferral, whose second word is written in two parts without the IR
        assertEq(home.epoch(), 1);
    }

    /// @dev What would help mallory most.
    function _orders(uint256 which) private view returns (bytes memory) {
        bytes[5] memory orders = [
            abi.encodeCall(manager.grantRole, (0, mallory, 0)),
            abi.encodeCall(home.announceHandover, (ASSET, mallory)),
            abi.encodeCall(original.transfer, (mallory, 1)),
            abi.encodeCall(wrapped.crosschainMint, (mallory, UNIT)),
            abi.encodeCall(home.setHold, (ASSET, type(uint128).max, 0))
        ];
        return orders[which / 14 % 5];
    }

    /// @dev Three of four keys: the mint is bounded where it is minted, and no more than what is locked comes home.
    function test_Loss_04_Poly2023() public {
        wrapped.lowerBridge(address(away), Limit(10 * UNIT, 1 hours));
        bytes memory message = _transfer(mallory, 1e9 * UNIT, 0);
        _deliver(_away(), _home(), message);
        assertEq(wrapped.totalSupply(), 0);
        assertEq(away.deferred(_homeToAway(), 1), keccak256(message));
        vm.expectPartialRevert(IBridgeErrors.RetryFailed.selector);
        away.retry(_homeToAway(), 1, message);
    }

    /// @dev The signatures had been "checked" by a contract that the caller named. Ours names an epoch, and the set is ours.
    function test_Loss_05_Wormhole() public {
        bytes memory message = _loot(1, UNIT)[0];
        for (uint64 epoch = 2; epoch < 5; ++epoch) {
            vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, epoch, 1));
            home.deliver(_awayToHome(), 1, message, Certificate(epoch, 0, ""));
        }
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, 0, 1));
        home.deliver(_awayToHome(), 1, message, Certificate(0, 0, ""));
    }

    /// @dev What was never set authorises nothing: on a Bridge that was just deployed, whatever is presented is refused.
    function testFuzz_Loss_06_Nomad(bytes32 lane, uint64 sequence, uint8 signers, bytes memory signatures) public {
        IBridge fresh = _newBridge(address(manager), members, threshold);
        bytes memory message = _loot(1, UNIT)[0];
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLaneId.selector, lane));
        fresh.deliver(lane, sequence, message, Certificate(0, signers, signatures));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLaneId.selector, 0));
        fresh.deliver(0, sequence, message, Certificate(1, signers, signatures));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLaneId.selector, lane));
        fresh.retry(lane, sequence, message);
        fresh.openLane(AWAY, address(away));
        bytes32 open = fresh.inbound(AWAY);
        vm.expectRevert();
        fresh.deliver(open, sequence, message, Certificate(1, signers, signatures));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.NotDeferred.selector, open, sequence));
        fresh.retry(open, sequence, "");
    }

    function test_Loss_07_Harmony() public {
        delete keys;
        delete members;
        _makeValidators(5);
        bytes memory code = _bridgeCode(address(manager), members, 2);
        vm.expectRevert(abi.encodeWithSelector(ValidatorSets.ThresholdTooLow.selector, 2, 4));
        _create(code);
    }
}
