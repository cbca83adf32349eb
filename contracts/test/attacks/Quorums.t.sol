// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ValidatorSets} from "../../src/ValidatorSets.sol";
import {Certificate} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {AttackWorld} from "../support/AttackWorld.sol";

/// @notice Attacks 13, 14, 16 and 17: which set a quorum is of, and how many it takes.
contract QuorumsTest is AttackWorld {
    bytes private message;

    function setUp() public override {
        super.setUp();
        message = _transfer(alice, 5 ether, MINIMUM);
        vm.chainId(AWAY);
    }

    function _signed(uint64 epoch) private view returns (bytes32) {
        return _digest(AWAY, address(away), epoch, _homeToAway(), 1, _fold(_homeToAway(), message));
    }

    /// @dev Drops the first member, so that both sets of signers differ.
    function _rotate() private {
        address[] memory next = new address[](3);
        (next[0], next[1], next[2]) = (members[1], members[2], members[3]);
        _rotateAway(next, 3);
    }

    function test_Attack_13_OldEpochInsideItsWindow() public {
        Certificate memory old = _certify(_signed(1), 1, threshold);
        _rotate();
        _wait(1 days - 1);
        away.deliver(_homeToAway(), 1, message, old);
        assertEq(wrapped.totalSupply(), 5 ether);
    }

    function test_Attack_13_OldEpochOutsideItsWindow() public {
        Certificate memory old = _certify(_signed(1), 1, threshold);
        Certificate memory early = _certify(_signed(2), 2, threshold);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, 2, 1));
        away.deliver(_homeToAway(), 1, message, early); // an epoch that is not yet in force

        _rotate();
        _wait(1 days);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, 1, 2));
        away.deliver(_homeToAway(), 1, message, old);
        assertEq(wrapped.totalSupply(), 0);
    }

    function test_Attack_13_OldEpochWhoseWindowWasClosed() public {
        Certificate memory old = _certify(_signed(1), 1, threshold);
        _rotate();
        away.endOverlap();
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, 1, 2));
        away.deliver(_homeToAway(), 1, message, old);
    }

    function test_Attack_14_SignaturesOfTwoEpochs() public {
        _rotate();
        // Members 1 and 2 are in both sets, and both sets need three: two signed for one epoch, one for the other.
        bytes memory mixed = bytes.concat(_sign(keys[1], _signed(1)), _sign(keys[2], _signed(2)), _sign(keys[3], _signed(2)));
        _expectNobodySigned(Certificate(2, 7, mixed), _signed(2));
        away.deliver(_homeToAway(), 1, message, Certificate(2, 7, mixed));

        mixed = bytes.concat(_sign(keys[1], _signed(2)), _sign(keys[2], _signed(1)), _sign(keys[3], _signed(1)));
        _expectNobodySigned(Certificate(1, 14, mixed), _signed(1));
        away.deliver(_homeToAway(), 1, message, Certificate(1, 14, mixed));
        assertEq(wrapped.totalSupply(), 0);
    }

    function test_Attack_16_QuorumRounding() public {
        Sets sets = new Sets();
        for (uint256 n = 1; n <= 40; ++n) {
            uint256 least = 2 * n / 3 + 1;
            vm.expectRevert(abi.encodeWithSelector(ValidatorSets.ThresholdTooLow.selector, least - 1, least));
            sets.store(_ascending(n), uint8(least - 1));
            sets.store(_ascending(n), uint8(least));
            // Any two quorums share more members than a quorum can do without.
            assertGt(2 * least - n, n - least);
        }
        sets.store(_ascending(255), 171);
        vm.expectRevert(abi.encodeWithSelector(ValidatorSets.ThresholdTooLow.selector, 170, 171));
        sets.store(_ascending(255), 170);
    }

    function test_Attack_17_SetsThatAreNone() public {
        _refusedEverywhere(0, 0, abi.encodeWithSelector(ValidatorSets.NoMembers.selector));
        _refusedEverywhere(4, 0, abi.encodeWithSelector(ValidatorSets.ThresholdTooLow.selector, 0, 3));
        _refusedEverywhere(4, 5, abi.encodeWithSelector(ValidatorSets.ThresholdTooHigh.selector, 5, 4));
        _refusedEverywhere(256, 171, abi.encodeWithSelector(ValidatorSets.TooManyMembers.selector, 256, 255));
        address[] memory twice = _ascending(4);
        twice[2] = twice[1];
        bytes memory code = _bridgeCode(address(manager), twice, 3);
        vm.expectRevert(abi.encodeWithSelector(ValidatorSets.MembersNotAscending.selector, twice[1], twice[1]));
        _create(code);
    }

    /// @dev At deployment, and in a rotation that a full quorum signed.
    function _refusedEverywhere(uint256 n, uint8 threshold_, bytes memory error) private {
        address[] memory next = _ascending(n);
        bytes memory code = _bridgeCode(address(manager), next, threshold_);
        vm.expectRevert(error);
        _create(code);
        Certificate memory certificate = _certify(_rotationDigest(AWAY, away, 2, next, threshold_), 1, threshold);
        vm.expectRevert(error);
        away.rotate(next, threshold_, certificate);
    }

    function _ascending(uint256 n) private pure returns (address[] memory list) {
        list = new address[](n);
        for (uint160 i; i < n; ++i) {
            list[i] = address(1000 + i);
        }
    }
}

contract Sets {
    function store(address[] memory members, uint8 threshold) external returns (address) {
        return ValidatorSets.store(members, threshold);
    }
}
