// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificate} from "../../src/interfaces/IBridge.sol";
import {Scenes} from "./Scenes.sol";

/// @notice Validator sets that follow each other at home.
abstract contract Rotations is Scenes {
    struct Set {
        uint256[] keys;
        address[] members;
        uint8 threshold;
    }

    function _set(string memory label, uint256 n) internal returns (Set memory set) {
        (uint256[] memory oldKeys, address[] memory oldMembers) = (keys, members);
        delete keys;
        delete members;
        _makeValidators(label, n);
        set = Set(keys, members, uint8(2 * n / 3 + 1));
        (keys, members) = (oldKeys, oldMembers);
    }

    /// @dev The set that `_makeScene` made.
    function _first() internal view returns (Set memory) {
        return Set(keys, members, threshold);
    }

    function _signedBy(Set memory set, uint64 epoch, bytes32 digest) internal pure returns (Certificate memory certificate) {
        certificate = Certificate(epoch, (1 << set.threshold) - 1, "");
        for (uint256 i; i < set.threshold; ++i) {
            certificate.signatures = bytes.concat(certificate.signatures, _sign(set.keys[i], digest));
        }
    }

    /// @dev `set`, which has `epoch`, orders that `next` follows as epoch `named`.
    function _order(Set memory set, uint64 epoch, Set memory next, uint64 named) internal view returns (Certificate memory) {
        return _signedBy(set, epoch, _rotationDigest(HOME, address(home), named, next.members, next.threshold));
    }

    function _rotate(Set memory set, uint64 epoch, Set memory next) internal {
        home.rotate(next.members, next.threshold, _order(set, epoch, next, home.nextEpoch()));
        _later(home.ROTATION_DELAY());
        home.activateRotation();
    }

    /// @dev A delivery of one message, as `set` certifies it.
    function _deliverUnder(Set memory set, uint64 epoch, bytes memory error) internal {
        bytes memory message = _transfer(bob, 1, 0);
        bytes32 rollingHash = _fold(home.inbound(AWAY), message);
        Certificate memory certificate = _signedBy(set, epoch, _digest(HOME, address(home), epoch, _awayToHome(), 1, rollingHash));
        if (error.length != 0) vm.expectRevert(error);
        home.deliver(_awayToHome(), 1, message, certificate);
        if (error.length == 0) assertEq(home.inbound(AWAY), rollingHash);
    }
}
