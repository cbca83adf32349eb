// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {BridgeState} from "../BridgeState.sol";
import {Certificates} from "../Certificates.sol";
import {ValidatorSets} from "../ValidatorSets.sol";
import {Certificate} from "../interfaces/IBridge.sol";
import {IBridgeSettings} from "../interfaces/IBridgeSettings.sol";

/// @notice How the validator set changes. No pause stops a rotation: it is how stolen keys are left behind.
abstract contract RotationSettings is BridgeState, IBridgeSettings {
    using ValidatorSets for bytes;

    /// @inheritdoc IBridgeSettings
    uint64 public constant ROTATION_DELAY = 1 days;
    /// @inheritdoc IBridgeSettings
    uint64 public constant OVERLAP = 1 days;

    /// @inheritdoc IBridgeSettings
    function rotate(address[] calldata members, uint8 threshold, Certificate calldata certificate) external {
        if (_pending.set != address(0)) revert RotationAlreadyPending(_pending.epoch);
        // The previous set may finish what is under way; the next set is the current one's decision alone. Epoch 0, where this code does
        // not run in a Bridge, has no set that could decide.
        if (certificate.epoch != _head.epoch || certificate.epoch == 0) revert WrongEpoch(certificate.epoch, _head.epoch);
        uint32 next = _past.lastEpoch + 1;
        address set = ValidatorSets.store(members, threshold);
        bytes32 ordered = Certificates.rotationDigest(next, ValidatorSets.load(set).membersHash(), threshold);
        Certificates.verify(certificate, ordered, ValidatorSets.load(_head.set));

        uint64 readyAt = uint64(block.timestamp) + ROTATION_DELAY;
        _past.lastEpoch = next;
        _pending = Pending(set, next, readyAt);
        emit RotationPending(next, readyAt, members, threshold);
    }

    /// @inheritdoc IBridgeSettings
    function activateRotation() external {
        Pending memory pending = _requirePending();
        if (block.timestamp < pending.readyAt) revert RotationTooEarly(pending.readyAt);

        delete _pending;
        (_past.epoch, _past.until) = (_head.epoch, uint64(block.timestamp) + OVERLAP);
        (_head.set, _head.epoch, _sets[pending.epoch]) = (pending.set, pending.epoch, pending.set);
        (address[] memory members, uint8 threshold) = ValidatorSets.load(pending.set).describe();
        emit ValidatorSetChanged(pending.epoch, members, threshold);
    }

    /// @inheritdoc IBridgeSettings
    function cancelRotation() external restricted {
        Pending memory pending = _requirePending();
        delete _pending;
        emit RotationCancelled(pending.epoch);
    }

    /// @inheritdoc IBridgeSettings
    function endOverlap() external restricted {
        if (block.timestamp >= _past.until) revert NoOverlap();
        _past.until = uint64(block.timestamp);
        emit OverlapEnded(_past.epoch);
    }

    /// @inheritdoc IBridgeSettings
    function epoch() external view returns (uint64) {
        return _head.epoch;
    }

    /// @inheritdoc IBridgeSettings
    function nextEpoch() external view returns (uint64) {
        return _past.lastEpoch + 1;
    }

    /// @inheritdoc IBridgeSettings
    function validatorSet(uint64 epoch_) external view returns (address[] memory members, uint8 threshold) {
        address set = _sets[epoch_];
        if (set == address(0)) revert UnknownEpoch(epoch_, _head.epoch);
        return ValidatorSets.load(set).describe();
    }

    /// @inheritdoc IBridgeSettings
    function pendingRotation() external view returns (uint64 epoch_, uint64 readyAt, address[] memory members, uint8 threshold) {
        (epoch_, readyAt) = (_pending.epoch, _pending.readyAt);
        if (epoch_ != 0) (members, threshold) = ValidatorSets.load(_pending.set).describe();
    }

    /// @inheritdoc IBridgeSettings
    function overlap() external view returns (uint64 epoch_, uint64 until) {
        return (_past.epoch, _past.until);
    }

    /// @inheritdoc IERC5267
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        )
    {
        // 0x0f: name, version, chainId and verifyingContract are what the domain is made of.
        return (hex"0f", "Bridge", "1", block.chainid, address(this), 0, new uint256[](0));
    }

    function _requirePending() private view returns (Pending memory pending) {
        pending = _pending;
        if (pending.set == address(0)) revert NoRotationPending();
    }
}
