// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {ECDSA} from "solady/utils/ECDSA.sol";
import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";
import {LibBit} from "solady/utils/LibBit.sol";
import {ValidatorSets} from "./ValidatorSets.sol";
import {Certificate} from "./interfaces/IBridge.sol";

/// @notice EIP-712 digests of checkpoints, and what makes a quorum of signatures over one.
library Certificates {
    using ValidatorSets for bytes;

    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant CHECKPOINT_TYPEHASH =
        keccak256("Checkpoint(uint64 epoch,bytes32 lane,uint64 sequence,bytes32 rollingHash)");
    bytes32 private constant NAME_HASH = keccak256("Bridge");
    bytes32 private constant VERSION_HASH = keccak256("1");

    /// @dev Half the order of secp256k1: (r, s) and (r, order - s) are both valid, and only the lower is accepted (EIP-2).
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;
    uint256 private constant SIGNATURE_LENGTH = 64;

    error SignatureLengthWrong(uint256 length);
    error TooFewSignatures(uint256 given, uint256 threshold);
    error TooManySignatures(uint256 given, uint256 threshold);
    error SignerOutsideSet(uint256 signers, uint256 members);
    error SignerCountWrong(uint256 marked, uint256 threshold);
    error HighS(uint256 index);
    error SignatureInvalid(uint256 index);
    error SignerRepeated(uint256 index, address signer);
    error SignaturesUnsorted(uint256 index, address expected, address signer);
    error SignerNotMarked(uint256 index, address expected, address signer);
    error NotAMember(uint256 index, address signer);

    /// @dev The chain id is read here and not stored, so that a certificate does not count on both sides of a chain split.
    function digest(uint64 epoch, bytes32 lane, uint64 sequence, bytes32 rollingHash) internal view returns (bytes32) {
        bytes32 domain = EfficientHashLib.hash(
            DOMAIN_TYPEHASH, NAME_HASH, VERSION_HASH, bytes32(block.chainid), bytes32(uint256(uint160(address(this))))
        );
        bytes32 checkpoint = EfficientHashLib.hash(
            CHECKPOINT_TYPEHASH, bytes32(uint256(epoch)), lane, bytes32(uint256(sequence)), rollingHash
        );
        return MessageHashUtils.toTypedDataHash(domain, checkpoint);
    }

    /// @notice Reverts unless exactly `threshold` members signed, one signature for each bit of `signers` and in their order.
    function verify(Certificate calldata certificate, bytes32 signedDigest, bytes memory set) internal view {
        bytes calldata signatures = certificate.signatures;
        uint256 signers = certificate.signers;
        _checkShape(signatures.length, signers, set.threshold(), set.count());

        uint256 at;
        uint256 end;
        assembly ("memory-safe") {
            at := signatures.offset
            end := add(at, signatures.length)
        }
        unchecked {
            // The shape says that as many members are marked as there are signatures.
            for (uint256 position; at < end; ++position) {
                if (signers >> position & 1 == 0) continue;
                if (!_isSignedBy(set.member(position), signedDigest, at)) _refuse(certificate, signedDigest, set, position, at);
                at += SIGNATURE_LENGTH;
            }
        }
    }

    function _checkShape(uint256 length, uint256 signers, uint256 threshold, uint256 members) private pure {
        uint256 marked = LibBit.popCount(signers);
        unchecked {
            if (length == SIGNATURE_LENGTH * threshold && signers >> members == 0 && marked == threshold) return;
        }
        if (length % SIGNATURE_LENGTH != 0) revert SignatureLengthWrong(length);
        uint256 given = length / SIGNATURE_LENGTH;
        if (given < threshold) revert TooFewSignatures(given, threshold);
        if (given > threshold) revert TooManySignatures(given, threshold);
        if (signers >> members != 0) revert SignerOutsideSet(signers, members);
        revert SignerCountWrong(marked, threshold);
    }

    /// @param at where the signature stands in calldata
    function _isSignedBy(address member, bytes32 signedDigest, uint256 at) private view returns (bool) {
        (bytes32 r, bytes32 vs) = _load(at);
        return ECDSA.tryRecover(signedDigest, r, vs) == member && _s(vs) <= HALF_ORDER;
    }

    function _load(uint256 at) private pure returns (bytes32 r, bytes32 vs) {
        assembly ("memory-safe") {
            r := calldataload(at)
            vs := calldataload(add(at, 0x20))
        }
    }

    /// @dev The highest bit is the parity of the point.
    function _s(bytes32 vs) private pure returns (uint256) {
        return uint256(vs) & type(uint256).max >> 1;
    }

    /// @dev Says what is wrong with the signature at `at`, which should be a good one by the member at `position`.
    function _refuse(Certificate calldata certificate, bytes32 signedDigest, bytes memory set, uint256 position, uint256 at)
        private
        view
    {
        uint256 signers = certificate.signers;
        uint256 index = LibBit.popCount(signers & ((1 << position) - 1));
        (bytes32 r, bytes32 vs) = _load(at);
        if (_s(vs) > HALF_ORDER) revert HighS(index);
        address signer = ECDSA.tryRecover(signedDigest, r, vs);
        if (signer == address(0)) revert SignatureInvalid(index);
        (bool isMember, uint256 actual) = set.contains(signer);
        if (!isMember) revert NotAMember(index, signer);
        address expected = set.member(position);
        if (signers >> actual & 1 == 0) revert SignerNotMarked(index, expected, signer);
        // Every marked member before this position has signed already, or we would not be here.
        if (actual < position) revert SignerRepeated(index, signer);
        revert SignaturesUnsorted(index, expected, signer);
    }
}
