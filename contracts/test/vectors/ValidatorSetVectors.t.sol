// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ValidatorSets} from "../../src/ValidatorSets.sol";
import {IBridge} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {VectorTest} from "../support/VectorTest.sol";

contract ValidatorSetVectorsTest is VectorTest {
    mapping(bytes32 name => bytes4) private errors;

    function setUp() public {
        _load("validator-set");
        errors["NoMembers"] = ValidatorSets.NoMembers.selector;
        errors["TooManyMembers"] = ValidatorSets.TooManyMembers.selector;
        errors["MembersNotAscending"] = ValidatorSets.MembersNotAscending.selector;
        errors["ThresholdTooLow"] = ValidatorSets.ThresholdTooLow.selector;
        errors["ThresholdTooHigh"] = ValidatorSets.ThresholdTooHigh.selector;
    }

    function test_Valid_sets_are_stored_as_in_the_vectors_and_read_back() public {
        string[] memory thresholds = _column(".valid", "threshold");
        string[] memory blobs = _column(".valid", "blob");
        for (uint256 i; i < blobs.length; ++i) {
            address[] memory members = this.addresses(_inner(".valid", i, "members"));
            uint8 threshold = uint8(_uint(thresholds, i));
            IBridge bridge = _newBridge(address(manager), members, threshold);
            // The second contract that the Bridge creates, behind its Gateway.
            assertEq(vm.computeCreateAddress(address(bridge), 2).code, _bytes(blobs, i));
            (address[] memory read, uint8 readThreshold) = bridge.validatorSet(1);
            assertEq(abi.encode(read), abi.encode(members));
            assertEq(readThreshold, threshold);
            assertEq(bridge.epoch(), 1);
        }
    }

    function test_Every_malformed_set_of_the_vectors_is_refused_with_its_error() public {
        string[] memory thresholds = _column(".invalid", "threshold");
        string[] memory reasons = _column(".invalid", "reason");
        for (uint256 i; i < reasons.length; ++i) {
            address[] memory members = this.addresses(_inner(".invalid", i, "members"));
            uint8 threshold = uint8(_uint(thresholds, i));
            bytes4 selector = errors[bytes32(bytes(reasons[i]))];
            assertNotEq(selector, bytes4(0), reasons[i]);
            bytes memory code = _bridgeCode(address(manager), members, threshold);
            vm.expectPartialRevert(selector);
            _create(code);
        }
    }

    function test_Only_the_epoch_in_force_can_be_read() public {
        IBridge bridge = _newBridge(address(manager), _oneMember(), 1);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownEpoch.selector, 2, 1));
        bridge.validatorSet(2);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownEpoch.selector, 0, 1));
        bridge.validatorSet(0);
    }
}
