// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificate} from "../../src/interfaces/IBridge.sol";
import {Artifacts} from "./Artifacts.sol";

/// @notice Validators who sign what they are asked to.
abstract contract Validators is Artifacts {
    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant CHECKPOINT_TYPEHASH =
        keccak256("Checkpoint(uint64 epoch,bytes32 lane,uint64 sequence,bytes32 rollingHash)");

    bytes32 private constant ROTATION_TYPEHASH = keccak256("Rotation(uint64 epoch,bytes32 members,uint8 threshold)");

    uint256[] internal keys; // in the order of their addresses
    address[] internal members;

    /// @param n how many
    function _makeValidators(uint256 n) internal {
        _makeValidators("validator", n);
    }

    /// @param label the same one gives the same validators
    function _makeValidators(string memory label, uint256 n) internal {
        for (uint256 i; i < n; ++i) {
            uint256 key = uint256(keccak256(abi.encode(label, i)));
            uint256 place = members.length;
            keys.push(key);
            members.push(vm.addr(key));
            for (; place > 0 && members[place - 1] > members[place]; --place) {
                (members[place - 1], members[place]) = (members[place], members[place - 1]);
                (keys[place - 1], keys[place]) = (keys[place], keys[place - 1]);
            }
        }
    }

    function _digest(uint256 chainId, address bridge, uint64 epoch, bytes32 lane, uint64 sequence, bytes32 rollingHash)
        internal
        pure
        returns (bytes32)
    {
        return _typed(chainId, bridge, keccak256(abi.encode(CHECKPOINT_TYPEHASH, epoch, lane, sequence, rollingHash)));
    }

    /// @dev What validators sign to have this set follow.
    function _rotationDigest(uint256 chainId, address bridge, uint64 epoch, address[] memory next, uint8 nextThreshold)
        internal
        pure
        returns (bytes32)
    {
        bytes memory packed;
        for (uint256 i; i < next.length; ++i) {
            packed = bytes.concat(packed, bytes20(next[i]));
        }
        return _typed(chainId, bridge, keccak256(abi.encode(ROTATION_TYPEHASH, epoch, keccak256(packed), nextThreshold)));
    }

    function _typed(uint256 chainId, address bridge, bytes32 structHash) private pure returns (bytes32) {
        bytes32 domain = keccak256(abi.encode(DOMAIN_TYPEHASH, keccak256("Bridge"), keccak256("1"), chainId, bridge));
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    /// @dev Signed by the first `count` members.
    function _certify(bytes32 digest, uint64 epoch, uint256 count) internal view returns (Certificate memory certificate) {
        certificate.epoch = epoch;
        certificate.signers = (1 << count) - 1;
        for (uint256 i; i < count; ++i) {
            certificate.signatures = bytes.concat(certificate.signatures, _sign(keys[i], digest));
        }
    }

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (bytes32 r, bytes32 vs) = vm.signCompact(key, digest);
        return abi.encodePacked(r, vs);
    }
}
