// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Attestation, FaultProofs, LaneEnds} from "../src/FaultProofs.sol";
import {Messages} from "../src/Messages.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {HistoryWorld} from "./support/HistoryWorld.sol";

/// @notice What can be proved, and every reason why something is no proof.
contract FaultProofsTest is HistoryWorld {
    bytes32 private constant WRONG = keccak256("wrong");

    function setUp() public {
        _makeHistory();
    }

    function _expectFaulty(bytes32 lane, Attestation memory attestation, bytes32 otherHash) private {
        assertFalse(proofs.isFaulty(validator));
        vm.expectEmit(address(proofs));
        emit FaultProofs.ValidatorFaulty(
            validator, lane, attestation.sequence, attestation.epoch, attestation.rollingHash, otherHash
        );
    }

    function _assertFaulty(address proven) private view {
        assertEq(proven, validator);
        assertTrue(proofs.isFaulty(validator));
        for (uint256 i; i < members.length; ++i) {
            assertEq(proofs.isFaulty(members[i]), members[i] == validator);
        }
    }

    function _refusesFalse(Attestation memory attestation, bytes32 trueHash, bytes memory messages, bytes memory error)
        private
    {
        vm.expectRevert(error);
        proofs.proveFalse(_outward(), attestation, trueHash, messages);
        assertFalse(proofs.isFaulty(validator));
    }

    function test_Two_histories_are_a_fault() public {
        (Attestation memory first, Attestation memory second) = (_attest(3, hashes[3]), _attest(3, WRONG));
        _expectFaulty(_homeToAway(), first, WRONG);
        _assertFaulty(proofs.proveEquivocation(_outward(), first, second));
    }

    function test_Two_histories_are_a_fault_in_any_epoch_and_of_what_is_not_sent_yet() public {
        Attestation memory first = _attest(1, _outward(), 4, LAST + 100, WRONG);
        Attestation memory second = _attest(1, _outward(), 5, LAST + 100, hashes[2]);
        _expectFaulty(_homeToAway(), first, hashes[2]);
        _assertFaulty(proofs.proveEquivocation(_outward(), first, second));
    }

    /// @dev The history of a lane into this chain is not here, but its two attestations are enough.
    function test_Two_histories_of_a_lane_into_this_chain_are_a_fault() public {
        Attestation memory first = _attest(1, _inward(), 1, 5, WRONG);
        Attestation memory second = _attest(1, _inward(), 1, 5, keccak256("other"));
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.NotFromHere.selector, AWAY));
        proofs.proveFalse(_inward(), first, _awayToHome(), "");
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.NotFromHere.selector, AWAY));
        proofs.proveInvented(_inward(), first);
        _expectFaulty(_awayToHome(), first, keccak256("other"));
        _assertFaulty(proofs.proveEquivocation(_inward(), first, second));
    }

    function test_A_proof_can_be_brought_again() public {
        proofs.proveEquivocation(_outward(), _attest(3, hashes[3]), _attest(3, WRONG));
        assertEq(proofs.proveInvented(_outward(), _attest(LAST + 1, WRONG)), validator);
        assertTrue(proofs.isFaulty(validator));
    }

    function test_What_is_no_equivocation() public {
        Attestation memory first = _attest(3, WRONG);
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.SequencesDiffer.selector, 3, 4));
        proofs.proveEquivocation(_outward(), first, _attest(4, hashes[4]));
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.SameHash.selector, WRONG));
        proofs.proveEquivocation(_outward(), first, _attest(1, _outward(), 2, 3, WRONG));
        Attestation memory others = _attest(2, _outward(), 1, 3, hashes[3]);
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.SignersDiffer.selector, validator, members[2]));
        proofs.proveEquivocation(_outward(), first, others);
        others.signature = new bytes(64);
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.SignatureNotRecovered.selector));
        proofs.proveEquivocation(_outward(), others, first);
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.SignatureNotRecovered.selector));
        proofs.proveEquivocation(_outward(), first, others);
        assertFalse(proofs.isFaulty(validator));
        assertFalse(proofs.isFaulty(address(0)));
    }

    /// @dev Before the first message, with everything of every kind behind it, and at the end, with nothing.
    function test_A_false_attestation_shows_whatever_was_sent_since() public {
        uint256 snapshot = vm.snapshotState();
        for (uint64 sequence; sequence <= LAST; ++sequence) {
            Attestation memory attestation = _attest(sequence, WRONG);
            _expectFaulty(_homeToAway(), attestation, hashes[sequence]);
            _assertFaulty(proofs.proveFalse(_outward(), attestation, hashes[sequence], _after(sequence)));
            vm.revertToState(snapshot);
        }
    }

    function test_The_hash_of_another_sequence_is_false_too() public {
        Attestation memory attestation = _attest(3, hashes[4]);
        _expectFaulty(_homeToAway(), attestation, hashes[3]);
        _assertFaulty(proofs.proveFalse(_outward(), attestation, hashes[3], _after(3)));
    }

    function test_A_proof_must_lead_to_what_the_Bridge_holds() public {
        Attestation memory attestation = _attest(5, WRONG);
        bytes32 current = hashes[LAST];
        _refusesFalse(attestation, WRONG, _after(5), abi.encodeWithSelector(FaultProofs.SameHash.selector, WRONG));
        bytes memory error = abi.encodeWithSelector(FaultProofs.HistoryWrong.selector, hashes[6], current);
        _refusesFalse(attestation, hashes[5], history[5], error); // one is missing
        error = abi.encodeWithSelector(FaultProofs.HistoryWrong.selector, hashes[5], current);
        _refusesFalse(attestation, hashes[5], "", error);
        error = abi.encodeWithSelector(FaultProofs.HistoryWrong.selector, _fold(current, history[0]), current);
        _refusesFalse(attestation, hashes[5], bytes.concat(_after(5), history[0]), error); // one too many
        error = abi.encodeWithSelector(FaultProofs.HistoryWrong.selector, _fold(hashes[4], history[6]), current);
        _refusesFalse(attestation, hashes[4], history[6], error); // not the one that follows
        error = abi.encodeWithSelector(Messages.MessageTruncated.selector, history[5].length, history[6].length - 1, history[6].length);
        bytes memory cut = _after(5);
        assembly ("memory-safe") {
            mstore(cut, sub(mload(cut), 1))
        }
        _refusesFalse(attestation, hashes[5], cut, error);
    }

    function test_A_proof_must_be_of_the_attestations_sequence() public {
        bytes memory error = abi.encodeWithSelector(FaultProofs.CountWrong.selector, 4 + 2, LAST);
        _refusesFalse(_attest(4, hashes[4]), hashes[5], _after(5), error);
        error = abi.encodeWithSelector(FaultProofs.CountWrong.selector, LAST - 1, LAST);
        _refusesFalse(_attest(LAST - 1, hashes[LAST - 1]), hashes[LAST], "", error);
        error = abi.encodeWithSelector(FaultProofs.CountWrong.selector, uint256(type(uint64).max) + LAST, LAST);
        _refusesFalse(_attest(type(uint64).max, WRONG), hashes[0], _after(0), error);
    }

    function test_A_message_that_was_never_sent_is_invented() public {
        Attestation memory attestation = _attest(LAST + 1, WRONG);
        _expectFaulty(_homeToAway(), attestation, hashes[LAST]);
        _assertFaulty(proofs.proveInvented(_outward(), attestation));
        _send(1);
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.WasSent.selector, LAST + 1, LAST + 1));
        proofs.proveInvented(_outward(), attestation);
        assertTrue(proofs.isFaulty(validator));
    }

    function test_A_message_that_was_sent_is_not_invented() public {
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.WasSent.selector, LAST, LAST));
        proofs.proveInvented(_outward(), _attest(LAST, WRONG));
        Attestation memory attestation = _attest(LAST + 1, WRONG);
        attestation.signature = hex"1234";
        vm.expectRevert(abi.encodeWithSelector(FaultProofs.SignatureNotRecovered.selector));
        proofs.proveInvented(_outward(), attestation);
    }

    function test_An_attestation_without_a_signer_is_not_false() public {
        Attestation memory attestation = _attest(LAST, WRONG);
        attestation.signature = "";
        _refusesFalse(attestation, hashes[LAST], "", abi.encodeWithSelector(FaultProofs.SignatureNotRecovered.selector));
    }

    function test_Lanes_that_are_not_open_prove_nothing() public {
        LaneEnds memory ends = LaneEnds(HOME, address(home), 5, address(away));
        Attestation memory attestation = _attest(1, ends, 1, 0, WRONG);
        bytes memory error = abi.encodeWithSelector(IBridgeErrors.UnknownLane.selector, 5);
        vm.expectRevert(error);
        proofs.proveFalse(ends, attestation, 0, "");
        vm.expectRevert(error);
        proofs.proveInvented(ends, _attest(1, ends, 1, 1, WRONG));
        vm.expectRevert(error);
        proofs.proveEquivocation(ends, attestation, _attest(1, ends, 1, 0, hashes[0]));
    }
}
