// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificate} from "../../src/interfaces/IBridge.sol";
import {Books} from "./Books.sol";

/// @notice The validator sets of both Bridges, made of one pool of keys, and what they sign.
abstract contract Sets is Books {
    /// @param mask bit i stands for the pool's account i; the pool is in the order of its addresses
    struct Set {
        uint16 mask;
        uint8 threshold;
    }

    struct Reign {
        uint64 epoch;
        uint64 lastEpoch; // ever ordered
        uint64 pendingEpoch; // 0 where none is
        uint64 orderedAt;
        uint64 pastEpoch;
        uint64 activatedAt;
        uint64 pastUntil;
    }

    uint256 internal constant POOL = 8;
    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    mapping(bool atHome => Reign) internal _reigns;
    mapping(bool atHome => mapping(uint64 epoch => Set)) internal _sets;

    function _setOf(Set memory set) internal view returns (address[] memory accounts) {
        accounts = new address[](_size(set.mask));
        uint256 count;
        for (uint256 i; i < POOL; ++i) {
            if (set.mask >> i & 1 == 1) accounts[count++] = members[i];
        }
    }

    function _size(uint16 mask) internal pure returns (uint256 count) {
        for (; mask != 0; mask &= mask - 1) {
            ++count;
        }
    }

    /// @dev Signed by `count` of the set, from member `skip` on where there are more than enough.
    function _signed(Set memory set, uint64 epoch, bytes32 digest, uint256 count, uint256 skip)
        internal
        view
        returns (Certificate memory certificate)
    {
        certificate.epoch = epoch;
        uint256 spare = _size(set.mask) > count ? _size(set.mask) - count : 0;
        skip = skip % (spare + 1);
        uint256 position;
        for (uint256 i; i < POOL && count > 0; ++i) {
            if (set.mask >> i & 1 == 0) continue;
            if (position >= skip) {
                certificate.signers |= 1 << position;
                certificate.signatures = bytes.concat(certificate.signatures, _sign(keys[i], digest));
                --count;
            }
            ++position;
        }
    }

    /// @dev A quorum of an epoch's set over the lane to this chain, up to a message.
    function _attest(bool atHome, uint64 epoch, uint256 sequence, uint256 skip) internal view returns (Certificate memory) {
        Set memory set = _sets[atHome][epoch];
        return _signed(set, epoch, _checkpoint(atHome, epoch, sequence, _hashes[atHome][sequence]), set.threshold, skip);
    }

    function _checkpoint(bool atHome, uint64 epoch, uint256 sequence, bytes32 rollingHash) internal view returns (bytes32) {
        return _digest(_chain(atHome), address(_bridge(atHome)), epoch, _laneTo(atHome), uint64(sequence), rollingHash);
    }

    function _rotationDigest(bool atHome, uint64 epoch, address[] memory accounts, uint8 least) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN_TYPEHASH, keccak256("Bridge"), keccak256("1"), _chain(atHome), address(_bridge(atHome)))
        );
        bytes memory packed;
        for (uint256 i; i < accounts.length; ++i) {
            packed = bytes.concat(packed, bytes20(accounts[i]));
        }
        bytes32 typehash = keccak256("Rotation(uint64 epoch,bytes32 members,uint8 threshold)");
        bytes32 rotation = keccak256(abi.encode(typehash, epoch, keccak256(packed), least));
        return keccak256(abi.encodePacked(hex"1901", domain, rotation));
    }

    /// @dev Whether the previous set still counts, as far as time goes.
    function _overlaps(bool atHome) internal view returns (bool) {
        return _reigns[atHome].pastEpoch != 0 && time < _reigns[atHome].pastUntil;
    }
}
