// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {BridgeState} from "./BridgeState.sol";
import {Certificates} from "./Certificates.sol";
import {ValidatorSets} from "./ValidatorSets.sol";
import {Certificate} from "./interfaces/IBridge.sol";

/// @notice Whether the validators attested.
abstract contract ValidatorBook is BridgeState {
    using ValidatorSets for bytes;

    constructor(address[] memory members, uint8 threshold) {
        address set = ValidatorSets.store(members, threshold);
        (_head.set, _head.epoch, _sets[1], _past.lastEpoch) = (set, 1, set, 1);
        emit ValidatorSetChanged(1, members, threshold);
    }

    /// @return alert whether any pause may be in force, which stands in the same word
    function _requireQuorum(bytes32 lane, uint64 sequence, bytes32 rollingHash, Certificate calldata certificate)
        internal
        view
        returns (bool alert)
    {
        (address set, uint32 epoch, uint32 alertUntil) = (_head.set, _head.epoch, _head.alertUntil);
        if (certificate.epoch != epoch) set = _previousSet(certificate.epoch, epoch);
        bytes32 digest = Certificates.digest(certificate.epoch, lane, sequence, rollingHash);
        Certificates.verify(certificate, digest, ValidatorSets.load(set));
        return block.timestamp < alertUntil;
    }

    function _previousSet(uint64 given, uint64 current) private view returns (address) {
        Past memory past = _past;
        if (given != past.epoch || block.timestamp >= past.until) revert WrongEpoch(given, current);
        return _sets[given];
    }
}
