// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Certificates} from "../src/Certificates.sol";
import {ValidatorSets} from "../src/ValidatorSets.sol";
import {Certificate} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {Rotations} from "./support/Rotations.sol";

contract RotationTest is Rotations {
    Set private next;

    function setUp() public {
        _makeScene();
        next = _set("next", 7);
    }

    function _begin() private returns (Certificate memory certificate) {
        certificate = _order(_first(), 1, next, 2);
        home.rotate(next.members, next.threshold, certificate);
    }

    function _expectWrongEpoch(uint64 given, uint64 current) private {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, given, current));
    }

    function test_A_quorum_orders_it_anyone_presents_it_and_it_is_public_while_it_waits() public {
        Certificate memory certificate = _order(_first(), 1, next, 2);
        vm.expectEmit(address(home));
        emit IBridgeEvents.RotationPending(2, _now() + 1 days, next.members, 5);
        vm.prank(carol);
        home.rotate(next.members, 5, certificate);

        (uint64 epoch, uint64 readyAt, address[] memory pending, uint8 least) = home.pendingRotation();
        assertEq(epoch, 2);
        assertEq(readyAt, _now() + 1 days);
        assertEq(pending, next.members);
        assertEq(least, 5);
        assertEq(home.epoch(), 1);
        assertEq(home.nextEpoch(), 3);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownEpoch.selector, 2, 1));
        home.validatorSet(2);
        _deliverUnder(next, 2, abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, 2, 1));
    }

    function test_Anyone_activates_it_after_the_delay_and_not_before() public {
        _begin();
        uint64 readyAt = _now() + 1 days;
        vm.warp(readyAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.RotationTooEarly.selector, readyAt));
        home.activateRotation();
        vm.warp(readyAt);
        vm.expectEmit(address(home));
        emit IBridgeEvents.ValidatorSetChanged(2, next.members, 5);
        vm.prank(carol);
        home.activateRotation();

        assertEq(home.epoch(), 2);
        assertEq(home.nextEpoch(), 3);
        _assertSet(1, _first());
        _assertSet(2, next);
        (uint64 epoch, uint64 until, address[] memory pending, uint8 least) = home.pendingRotation();
        assertEq(epoch + until + pending.length + least, 0);
        (epoch, until) = home.overlap();
        assertEq(epoch, 1);
        assertEq(until, readyAt + 1 days);
        vm.expectRevert(IBridgeErrors.NoRotationPending.selector);
        home.activateRotation();
    }

    function _assertSet(uint64 epoch, Set memory expected) private view {
        (address[] memory found, uint8 least) = home.validatorSet(epoch);
        assertEq(found, expected.members);
        assertEq(least, expected.threshold);
    }

    function test_One_waits_at_a_time() public {
        Certificate memory certificate = _begin();
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.RotationAlreadyPending.selector, 2));
        home.rotate(next.members, next.threshold, certificate);
    }

    function test_What_was_cancelled_can_never_be_presented_again() public {
        Certificate memory certificate = _begin();
        vm.expectEmit(address(home));
        emit IBridgeEvents.RotationCancelled(2);
        vm.prank(guardian);
        home.cancelRotation();
        vm.expectRevert(IBridgeErrors.NoRotationPending.selector);
        vm.prank(guardian);
        home.cancelRotation();
        _later(2 days);
        vm.expectRevert(IBridgeErrors.NoRotationPending.selector);
        home.activateRotation();

        vm.expectPartialRevert(Certificates.NotAMember.selector); // they signed for epoch 2, and it is 3 now
        home.rotate(next.members, next.threshold, certificate);
        _rotate(_first(), 1, next);
        assertEq(home.epoch(), 3);
        _assertSet(3, next);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownEpoch.selector, 2, 3));
        home.validatorSet(2);
        (uint64 epoch,) = home.overlap();
        assertEq(epoch, 1);
    }

    function test_Only_the_epoch_in_force_orders_it() public {
        Certificate memory certificate = _order(_first(), 1, next, 2);
        uint64[3] memory wrong = [uint64(0), 2, type(uint64).max];
        for (uint256 i; i < 3; ++i) {
            certificate.epoch = wrong[i];
            _expectWrongEpoch(wrong[i], 1);
            home.rotate(next.members, next.threshold, certificate);
        }
    }

    function test_The_set_before_orders_nothing_even_while_it_counts() public {
        Set memory first = _first();
        _rotate(first, 1, next);
        Certificate memory certificate = _order(first, 1, first, 3);
        _expectWrongEpoch(1, 2);
        home.rotate(first.members, first.threshold, certificate);
        certificate.epoch = 2;
        vm.expectRevert(abi.encodeWithSelector(Certificates.TooFewSignatures.selector, 3, 5));
        home.rotate(first.members, first.threshold, certificate);
    }

    function test_What_was_not_signed_is_refused() public {
        Certificate memory certificate = _order(_first(), 1, next, 2);
        vm.expectPartialRevert(Certificates.NotAMember.selector);
        home.rotate(next.members, 6, certificate);
        vm.expectPartialRevert(Certificates.NotAMember.selector);
        home.rotate(_set("other", 7).members, 5, certificate);
        bytes32 elsewhere = _rotationDigest(AWAY, address(away), 2, next.members, 5);
        certificate = _signedBy(_first(), 1, elsewhere);
        vm.expectPartialRevert(Certificates.NotAMember.selector);
        home.rotate(next.members, 5, certificate);
        certificate = _signedBy(_first(), 1, _rotationDigest(AWAY, address(home), 2, next.members, 5));
        vm.expectPartialRevert(Certificates.NotAMember.selector);
        home.rotate(next.members, 5, certificate);
    }

    function test_The_set_before_counts_for_the_overlap_and_no_longer() public {
        Set memory first = _first();
        _rotate(first, 1, next);
        uint64 until = _now() + 1 days;
        _deliverUnder(next, 2, "");
        _deliverUnder(first, 1, "");
        vm.warp(until - 1);
        _deliverUnder(first, 1, "");
        vm.warp(until);
        _deliverUnder(first, 1, abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, 1, 2));
        _deliverUnder(first, 0, abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, 0, 2));
        _deliverUnder(next, 2, "");
    }

    function test_Two_epochs_back_nothing_counts() public {
        Set memory first = _first();
        Set memory third = _set("third", 1);
        _rotate(first, 1, next);
        _rotate(next, 2, third);
        _deliverUnder(first, 1, abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, 1, 3));
        _deliverUnder(next, 2, "");
        _deliverUnder(third, 3, "");
    }

    function test_A_guardian_ends_the_overlap() public {
        vm.prank(guardian);
        vm.expectRevert(IBridgeErrors.NoOverlap.selector);
        home.endOverlap();
        Set memory first = _first();
        _rotate(first, 1, next);
        vm.expectEmit(address(home));
        emit IBridgeEvents.OverlapEnded(1);
        vm.prank(guardian);
        home.endOverlap();
        _deliverUnder(first, 1, abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, 1, 2));
        _deliverUnder(next, 2, "");
        vm.prank(guardian);
        vm.expectRevert(IBridgeErrors.NoOverlap.selector);
        home.endOverlap();
    }

    function test_Only_guardians_cancel_and_end() public {
        _begin();
        bytes memory error = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, alice);
        vm.startPrank(alice);
        vm.expectRevert(error);
        home.cancelRotation();
        vm.expectRevert(error);
        home.endOverlap();
    }

    function test_No_pause_stops_it() public {
        vm.startPrank(guardian);
        home.pause();
        home.pauseLane(AWAY);
        home.pauseAsset(ASSET);
        vm.stopPrank();
        _rotate(_first(), 1, next);
        assertEq(home.epoch(), 2);
    }

    function test_A_set_that_is_none_is_refused() public {
        address[] memory list = new address[](0);
        _refused(abi.encodeWithSelector(ValidatorSets.NoMembers.selector), list, 1);
        _refused(abi.encodeWithSelector(ValidatorSets.TooManyMembers.selector, 256, 255), new address[](256), 200);
        list = next.members;
        _refused(abi.encodeWithSelector(ValidatorSets.ThresholdTooLow.selector, 4, 5), list, 4);
        _refused(abi.encodeWithSelector(ValidatorSets.ThresholdTooHigh.selector, 8, 7), list, 8);
        list[3] = list[2];
        _refused(abi.encodeWithSelector(ValidatorSets.MembersNotAscending.selector, list[2], list[2]), list, 5);
        list[0] = address(0);
        _refused(abi.encodeWithSelector(ValidatorSets.MembersNotAscending.selector, 0, 0), list, 5);
    }

    function _refused(bytes memory error, address[] memory list, uint8 least) private {
        Certificate memory certificate = _signedBy(_first(), 1, _rotationDigest(HOME, address(home), 2, list, least));
        vm.expectRevert(error);
        home.rotate(list, least, certificate);
    }

    function test_A_set_of_255_takes_over_and_certifies() public {
        Set memory many = _set("many", 255);
        assertEq(many.threshold, 171);
        _rotate(_first(), 1, many);
        _assertSet(2, many);
        _deliverUnder(many, 2, "");
        _rotate(many, 2, next);
        assertEq(home.epoch(), 3);
    }
}
