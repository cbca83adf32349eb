// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ValidatorSets} from "../../src/ValidatorSets.sol";
import {Certificate, IBridge} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IBridgeSettings} from "../../src/interfaces/IBridgeSettings.sol";
import {Limiting} from "./Limiting.sol";
import {Rules} from "./Rules.sol";

/// @notice Validator sets are ordered, activated, cancelled, and outlive their time.
abstract contract Rotating is Limiting {
    mapping(bool atHome => bytes) internal _lastOrder; // calldata of the last rotation that was accepted
    mapping(bool atHome => uint64) internal _cancelled;
    mapping(bool atHome => mapping(uint64 epoch => bool)) private _used;

    function rotate(bool atHome, uint256 mask, uint256 threshold_, uint256 skip) public on(atHome) {
        Set memory next = Set(mask % 16 == 0 ? 0 : uint16(mask % 2 ** POOL), 0);
        address[] memory accounts = _setOf(next);
        if (accounts.length == 0 && skip % 2 == 0) accounts = _tooMany();
        uint256 least = 2 * accounts.length / 3 + 1;
        next.threshold = uint8(_bound(threshold_, least - 1, accounts.length > 254 ? 255 : accounts.length + 1));
        bytes memory input = _order(atHome, accounts, next.threshold, skip);
        (bool done, bytes4 why) = _try(_stranger, address(_bridge(atHome)), 0, input);
        bytes4 expected = _fault(accounts.length, next.threshold);
        if (_reigns[atHome].pendingEpoch != 0) expected = IBridgeErrors.RotationAlreadyPending.selector;
        _judge(done, why, expected, 0);
        if (!done) return;
        _lastOrder[atHome] = input;
        _ordered(atHome, next);
    }

    function _order(bool atHome, address[] memory accounts, uint8 threshold_, uint256 skip) private view returns (bytes memory) {
        uint64 epoch = _reigns[atHome].epoch;
        Set memory current = _sets[atHome][epoch];
        bytes32 digest = _rotationDigest(atHome, _bridge(atHome).nextEpoch(), accounts, threshold_);
        Certificate memory certificate = _signed(current, epoch, digest, current.threshold, skip);
        return abi.encodeCall(IBridgeSettings.rotate, (accounts, threshold_, certificate));
    }

    function activate(bool atHome) public on(atHome) {
        Reign storage reign = _reigns[atHome];
        bytes4 expected = reign.pendingEpoch == 0
            ? IBridgeErrors.NoRotationPending.selector
            : time < reign.orderedAt + 1 days ? IBridgeErrors.RotationTooEarly.selector : bytes4(0);
        (bool done, bytes4 why) = _try(_stranger, address(_bridge(atHome)), 0, abi.encodeCall(IBridgeSettings.activateRotation, ()));
        _judge(done, why, expected, 0);
        if (expected == IBridgeErrors.RotationTooEarly.selector) _reach("rotation too early");
        if (!done) return;
        if (reign.pendingEpoch <= reign.epoch) _break(Rules.EPOCHS);
        (reign.pastEpoch, reign.epoch, reign.pendingEpoch) = (reign.epoch, reign.pendingEpoch, 0);
        (reign.activatedAt, reign.pastUntil) = (uint64(time), uint64(time + 1 days));
        _seal(atHome);
        _reach("rotation activated");
    }

    function cancel(bool atHome) public on(atHome) {
        Reign storage reign = _reigns[atHome];
        bytes4 expected = reign.pendingEpoch == 0 ? IBridgeErrors.NoRotationPending.selector : bytes4(0);
        (bool done, bytes4 why) = _try(_guardian, address(_bridge(atHome)), 0, abi.encodeCall(IBridgeSettings.cancelRotation, ()));
        _judge(done, why, expected, 0);
        if (!done) return;
        (_cancelled[atHome], reign.pendingEpoch) = (reign.pendingEpoch, 0);
        _seal(atHome);
        _reach("rotation cancelled");
    }

    function endOverlap(bool atHome) public on(atHome) {
        bytes4 expected = _overlaps(atHome) ? bytes4(0) : IBridgeErrors.NoOverlap.selector;
        (bool done, bytes4 why) = _try(_guardian, address(_bridge(atHome)), 0, abi.encodeCall(IBridgeSettings.endOverlap, ()));
        _judge(done, why, expected, 0);
        if (!done) return;
        _reigns[atHome].pastUntil = uint64(time);
        _seal(atHome);
        _reach("overlap ended");
    }

    function _ordered(bool atHome, Set memory next) private {
        Reign storage reign = _reigns[atHome];
        (uint64 epoch, uint64 readyAt,,) = _bridge(atHome).pendingRotation();
        if (_used[atHome][epoch] || epoch <= reign.lastEpoch) _break(Rules.EPOCHS);
        if (readyAt != time + 1 days) _break(Rules.ROTATION_DELAY);
        _used[atHome][epoch] = true;
        _sets[atHome][epoch] = next;
        (reign.lastEpoch, reign.pendingEpoch, reign.orderedAt) = (epoch, epoch, uint64(time));
        _seal(atHome);
        _reach("rotation ordered");
    }

    function _fault(uint256 n, uint256 given) private pure returns (bytes4) {
        if (n == 0) return ValidatorSets.NoMembers.selector;
        if (n > 255) return ValidatorSets.TooManyMembers.selector;
        if (given < 2 * n / 3 + 1) return ValidatorSets.ThresholdTooLow.selector;
        return given > n ? ValidatorSets.ThresholdTooHigh.selector : bytes4(0);
    }

    function _tooMany() private pure returns (address[] memory accounts) {
        accounts = new address[](256);
        for (uint160 i; i < 256; ++i) {
            accounts[i] = address(i + 1);
        }
    }
}
