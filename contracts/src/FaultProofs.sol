// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ECDSA} from "solady/utils/ECDSA.sol";
import {Certificates} from "./Certificates.sol";
import {Lanes} from "./Lanes.sol";
import {Messages} from "./Messages.sol";
import {IBridge} from "./interfaces/IBridge.sol";

/// @notice One validator's signature over a checkpoint of a lane.
/// @param signature 64 bytes (EIP-2098)
struct Attestation {
    uint64 epoch;
    uint64 sequence;
    bytes32 rollingHash;
    bytes signature;
}

/// @notice A lane from this contract's chain or into it, as its id commits to it.
struct LaneEnds {
    uint256 sourceChainId;
    address sourceBridge;
    uint256 destinationChainId;
    address destinationBridge;
}

/// @notice Records validators who signed what cannot be true. Anyone may prove it. It moves nothing: what a stake contract makes of the
/// record is that contract's affair. It says that a key signed, not that it was a member: the epoch is there for that.
contract FaultProofs {
    using Messages for bytes;

    IBridge public immutable bridge;

    /// @notice Whether it was ever proved that the key signed two histories, or a false one.
    mapping(address validator => bool) public isFaulty;

    event ValidatorFaulty(
        address indexed validator, bytes32 indexed lane, uint64 indexed sequence, uint64 epoch, bytes32 falseHash, bytes32 otherHash
    );

    error SequencesDiffer(uint64 first, uint64 second);
    error SameHash(bytes32 rollingHash);
    error SignersDiffer(address first, address second);
    error SignatureNotRecovered();
    error NotFromHere(uint256 sourceChainId);
    error NotALane(bytes32 lane, bytes32 expected);
    error HistoryWrong(bytes32 folded, bytes32 current);
    error WasSent(uint64 sequence, uint64 current);
    error CountWrong(uint256 given, uint256 current);

    constructor(IBridge bridge_) {
        bridge = bridge_;
    }

    /// @notice Two attestations of one validator for one position of a lane, with different hashes.
    function proveEquivocation(LaneEnds calldata ends, Attestation calldata first, Attestation calldata second)
        external
        returns (address validator)
    {
        if (first.sequence != second.sequence) revert SequencesDiffer(first.sequence, second.sequence);
        if (first.rollingHash == second.rollingHash) revert SameHash(first.rollingHash);
        validator = _signer(ends, first);
        address other = _signer(ends, second);
        if (other != validator) revert SignersDiffer(validator, other);
        _record(validator, ends, first, second.rollingHash);
    }

    /// @notice One attestation that the lane from this chain shows to be false: from another hash at its sequence, the messages that
    /// follow lead to what the Bridge holds now.
    /// @param trueHash at the attestation's sequence
    /// @param messages all that were sent after that sequence, one behind the other
    function proveFalse(LaneEnds calldata ends, Attestation calldata attestation, bytes32 trueHash, bytes calldata messages)
        external
        returns (address validator)
    {
        if (attestation.rollingHash == trueHash) revert SameHash(trueHash);
        (uint64 sequence, bytes32 current) = _outbound(ends);
        (bytes32 folded, uint256 count) = (trueHash, 0);
        if (messages.length != 0) (folded, count,) = messages.fold(trueHash, 0, address(0));
        if (folded != current) revert HistoryWrong(folded, current);
        if (attestation.sequence + count != sequence) revert CountWrong(attestation.sequence + count, sequence);
        validator = _signer(ends, attestation);
        _record(validator, ends, attestation, trueHash);
    }

    /// @notice One attestation over a message that was never sent: its sequence is above all that the lane from this chain has had.
    function proveInvented(LaneEnds calldata ends, Attestation calldata attestation) external returns (address validator) {
        (uint64 sequence, bytes32 current) = _outbound(ends);
        if (attestation.sequence <= sequence) revert WasSent(attestation.sequence, sequence);
        validator = _signer(ends, attestation);
        _record(validator, ends, attestation, current);
    }

    function _outbound(LaneEnds calldata ends) private view returns (uint64 sequence, bytes32 rollingHash) {
        if (ends.sourceChainId != block.chainid) revert NotFromHere(ends.sourceChainId);
        return bridge.outbound(ends.destinationChainId);
    }

    /// @dev Only lanes of this Bridge: what a key signed elsewhere, such as on a test network, is no fault here.
    function _lane(LaneEnds calldata ends) private view returns (bytes32 lane) {
        lane = Lanes.id(ends.sourceChainId, ends.sourceBridge, ends.destinationChainId, ends.destinationBridge);
        bytes32 expected = bridge.laneId(ends.sourceChainId, ends.destinationChainId);
        if (lane != expected) revert NotALane(lane, expected);
    }

    function _signer(LaneEnds calldata ends, Attestation calldata attestation) private view returns (address signer) {
        bytes32 digest = Certificates.digestAt(
            ends.destinationChainId,
            ends.destinationBridge,
            attestation.epoch,
            _lane(ends),
            attestation.sequence,
            attestation.rollingHash
        );
        signer = ECDSA.tryRecover(digest, attestation.signature);
        if (signer == address(0)) revert SignatureNotRecovered();
    }

    function _record(address validator, LaneEnds calldata ends, Attestation calldata attestation, bytes32 otherHash) private {
        isFaulty[validator] = true;
        emit ValidatorFaulty(
            validator, _lane(ends), attestation.sequence, attestation.epoch, attestation.rollingHash, otherHash
        );
    }
}
