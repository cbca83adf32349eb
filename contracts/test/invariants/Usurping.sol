// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificate} from "../../src/interfaces/IBridge.sol";
import {IBridgeSettings} from "../../src/interfaces/IBridgeSettings.sol";
import {Attacking} from "./Attacking.sol";
import {Rules} from "./Rules.sol";

/// @notice Rotations that nobody in force ordered.
abstract contract Usurping is Attacking {
    function usurp(bool atHome, uint256 kind, uint256 seed) public on(atHome) {
        Reign memory reign = _reigns[atHome];
        address[] memory accounts = new address[](1);
        accounts[0] = _stranger;
        bytes32 digest = _rotationDigest(atHome, _bridge(atHome).nextEpoch(), accounts, 1);
        Certificate memory certificate;
        uint256 rule = Rules.QUORUM;
        if (kind % 6 < 4) {
            certificate = _badlySigned(_sets[atHome][reign.epoch], reign.epoch, digest, kind % 6, seed);
        } else if (kind % 6 == 4) {
            if (!_overlaps(atHome)) return;
            rule = Rules.OVERLAP;
            Set memory past = _sets[atHome][reign.pastEpoch];
            certificate = _signed(past, reign.pastEpoch, digest, past.threshold, seed);
        } else {
            (certificate, rule) = (Certificate(uint64(seed % 2 == 0 ? 0 : reign.lastEpoch + 1), 0, ""), Rules.DEFAULTS);
        }
        (bool done,) = _try(_stranger, address(_bridge(atHome)), 0, abi.encodeCall(IBridgeSettings.rotate, (accounts, 1, certificate)));
        if (done) _break(rule);
        _reach(rule == Rules.OVERLAP ? "usurped by the previous set" : "usurped");
    }

    /// @dev The last rotation that was ordered, again: it is pending, in force or cancelled.
    function orderAgain(bool atHome) public on(atHome) {
        if (_lastOrder[atHome].length == 0) return;
        (bool done,) = _try(_stranger, address(_bridge(atHome)), 0, _lastOrder[atHome]);
        if (done) _break(Rules.CANCELLED);
        bool cancelled = _cancelled[atHome] == _reigns[atHome].lastEpoch && _reigns[atHome].pendingEpoch == 0;
        _reach(cancelled ? "cancelled rotation ordered again" : "rotation ordered again");
    }
}
