// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Attestation, FaultProofs, LaneEnds} from "../src/FaultProofs.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {HistoryWorld} from "./support/HistoryWorld.sol";

/// @notice Nothing can be proved against a validator who signed what is true, whatever the accuser brings, nor with what was signed
/// for others.
contract FaultProofsHonestTest is HistoryWorld {
    bytes32 private constant WRONG = keccak256("wrong");

    function setUp() public {
        _makeHistory();
    }

    function _accuse(LaneEnds memory ends, Attestation memory honest, bytes32 trueHash, bytes memory messages) private {
        try proofs.proveFalse(ends, honest, trueHash, messages) returns (address proven) {
            assertNotEq(proven, validator, "proved against an honest validator");
        } catch {}
        assertFalse(proofs.isFaulty(validator));
    }

    function testFuzz_Any_hash_and_any_bytes_prove_nothing(uint64 sequence, bytes32 trueHash, bytes calldata messages) public {
        sequence = uint64(bound(sequence, 0, LAST));
        _accuse(_outward(), _attest(sequence, hashes[sequence]), trueHash, messages);
    }

    /// @dev Hashes and messages that are true, if not where they belong.
    function testFuzz_Any_part_of_the_history_proves_nothing(uint64 sequence, uint256 hash, uint256 from, uint256 to) public {
        sequence = uint64(bound(sequence, 0, LAST));
        (hash, from) = (bound(hash, 0, LAST), bound(from, 0, LAST));
        to = bound(to, from, LAST);
        bytes memory messages;
        for (uint256 i = from; i < to; ++i) {
            messages = bytes.concat(messages, history[i]);
        }
        _accuse(_outward(), _attest(sequence, hashes[sequence]), hashes[hash], messages);
    }

    /// @dev The signature is over all of the attestation, so changing the rest accuses at most somebody without a key.
    function testFuzz_A_changed_attestation_is_not_the_validators(uint64 sequence, uint64 claimed, uint64 epoch, bytes32 claimedHash)
        public
    {
        sequence = uint64(bound(sequence, 0, LAST));
        Attestation memory honest = _attest(sequence, hashes[sequence]);
        Attestation memory changed = Attestation(epoch, claimed, claimedHash, honest.signature);
        vm.assume(claimed != sequence || claimedHash != hashes[sequence] || epoch != 1);
        uint64 place = claimed <= LAST ? claimed : LAST;
        _accuse(_outward(), changed, hashes[place], _after(place));
        try proofs.proveInvented(_outward(), changed) {} catch {}
        changed.sequence = sequence;
        try proofs.proveEquivocation(_outward(), honest, changed) {} catch {}
        try proofs.proveEquivocation(_outward(), changed, honest) {} catch {}
        assertFalse(proofs.isFaulty(validator));
    }

    function testFuzz_Any_two_honest_attestations_prove_nothing(uint64 a, uint64 b, uint64 epochA, uint64 epochB) public {
        (a, b) = (uint64(bound(a, 0, LAST)), uint64(bound(b, 0, LAST)));
        Attestation memory first = _attest(1, _outward(), epochA, a, hashes[a]);
        Attestation memory second = _attest(1, _outward(), epochB, b, hashes[b]);
        if (a != b) vm.expectRevert(abi.encodeWithSelector(FaultProofs.SequencesDiffer.selector, a, b));
        else vm.expectRevert(abi.encodeWithSelector(FaultProofs.SameHash.selector, hashes[a]));
        proofs.proveEquivocation(_outward(), first, second);
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.WasSent.selector, a, LAST));
        proofs.proveInvented(_outward(), first);
        assertFalse(proofs.isFaulty(validator));
    }

    /// @dev What was true stays no fault when the lane goes on.
    function test_Honest_attestations_stay_honest() public {
        Attestation memory honest = _attest(LAST, hashes[LAST]);
        _send(2);
        _send(3);
        for (uint256 i; i < hashes.length; ++i) {
            _accuse(_outward(), honest, hashes[i], _after(i));
            _accuse(_outward(), honest, hashes[i], "");
            _accuse(_outward(), honest, hashes[i], _after(LAST));
        }
    }

    /// @dev One key may serve a test network too, where other things are true.
    function test_What_was_signed_for_another_deployment_is_no_fault_here() public {
        address elsewhere = makeAddr("elsewhere");
        _refusesLane(LaneEnds(HOME, elsewhere, AWAY, address(away)));
        _refusesLane(LaneEnds(HOME, address(home), AWAY, elsewhere));
    }

    function _refusesLane(LaneEnds memory ends) private {
        bytes32 lane = _laneId(ends.sourceChainId, ends.sourceBridge, ends.destinationChainId, ends.destinationBridge);
        Attestation memory first = _attest(1, ends, 1, LAST, WRONG);
        Attestation memory second = _attest(1, ends, 1, LAST, hashes[LAST]);
        Attestation memory later = _attest(1, ends, 1, LAST + 1, WRONG);
        bytes memory error = abi.encodeWithSelector(FaultProofs.NotALane.selector, lane, _homeToAway());
        vm.expectRevert(error);
        proofs.proveEquivocation(ends, first, second);
        vm.expectRevert(error);
        proofs.proveFalse(ends, first, hashes[LAST], "");
        vm.expectRevert(error);
        proofs.proveInvented(ends, later);
        // Said to be of this lane, they are nobody's whom one knows.
        try proofs.proveEquivocation(_outward(), first, second) {} catch {}
        proofs.proveFalse(_outward(), first, hashes[LAST], "");
        proofs.proveInvented(_outward(), later);
        assertFalse(proofs.isFaulty(validator));
    }

    function test_What_was_signed_for_other_chains_is_no_fault_here() public {
        LaneEnds memory ends = LaneEnds(5, address(home), 6, address(away));
        Attestation memory first = _attest(1, ends, 1, LAST, WRONG);
        Attestation memory second = _attest(1, ends, 1, LAST, hashes[LAST]);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLane.selector, 6));
        proofs.proveEquivocation(ends, first, second);
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.NotFromHere.selector, 5));
        proofs.proveFalse(ends, first, hashes[LAST], "");
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.NotFromHere.selector, 5));
        proofs.proveInvented(ends, first);
    }

    /// @dev Lanes of both directions have the same ends, and neither's attestation is one of the other.
    function test_An_attestation_of_the_way_back_is_not_one_of_the_way_there() public {
        Attestation memory back = _attest(1, _inward(), 1, LAST, WRONG);
        assertNotEq(proofs.proveFalse(_outward(), back, hashes[LAST], ""), validator);
        assertFalse(proofs.isFaulty(validator));
    }
}
