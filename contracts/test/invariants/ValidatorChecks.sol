// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IBridge} from "../../src/interfaces/IBridge.sol";
import {LaneChecks} from "./LaneChecks.sol";

/// @notice I-17, I-18, I-21, I-22: the sets that may certify.
abstract contract ValidatorChecks is LaneChecks {
    function checkValidators() external {
        _ofBridge(true);
        _ofBridge(false);
    }

    function _ofBridge(bool atHome) private {
        _enter(atHome);
        (IBridge bridge, Reign memory reign) = (_bridge(atHome), _reigns[atHome]);
        _same(bridge.epoch(), reign.epoch, "I-18 the epoch is the one activated last");
        _same(bridge.nextEpoch(), reign.lastEpoch + 1, "I-18 the next epoch was never named before");
        (address[] memory accounts, uint8 least) = bridge.validatorSet(reign.epoch);
        _isSafe(accounts, least);
        _same(keccak256(abi.encode(accounts)), keccak256(abi.encode(_setOf(_sets[atHome][reign.epoch]))), "I-18 the set in force is the one ordered");

        (uint64 epoch, uint64 until) = bridge.overlap();
        _same(epoch, reign.pastEpoch, "I-22 the previous epoch");
        _check(reign.activatedAt + 1 days >= until, "I-22 an overlap lasts a day at most");
        if (epoch != 0) {
            (accounts, least) = bridge.validatorSet(epoch);
            _isSafe(accounts, least);
        }
        uint64 readyAt;
        (epoch, readyAt, accounts, least) = bridge.pendingRotation();
        _same(epoch, reign.pendingEpoch, "I-21 the rotation that waits is the one ordered");
        if (epoch == 0) return;
        _isSafe(accounts, least);
        _check(readyAt >= reign.orderedAt + 1 days, "I-21 a rotation waits a day at least");
    }

    function _isSafe(address[] memory accounts, uint256 least) private pure {
        uint256 n = accounts.length;
        _check(n >= 1 && n <= 255, "I-17 1 to 255 members");
        _check(least >= 2 * n / 3 + 1, "I-17 more than two thirds");
        _check(n >= least, "I-17 no more than there are");
        for (uint256 i; i < n; ++i) {
            _check(accounts[i] > (i == 0 ? address(0) : accounts[i - 1]), "I-17 members ascend from above zero");
        }
    }
}
