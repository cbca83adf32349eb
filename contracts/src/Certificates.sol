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
    bytes32 private constant ROTATION_TYPEHASH = keccak256("Rotation(uint64 epoch,bytes32 members,uint8 threshold)");
    bytes32 private constant NAME_HASH = keccak256("Bridge");
    bytes32 private constant VERSION_HASH = keccak256("1");

    /// @dev Half the order of secp256k1: (r, s) and (r, order - s) are both valid, and only the lower is accepted (EIP-2).
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;
    /// @dev The highest bit is the parity of the point.
    uint256 private constant S_MASK = 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff;
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
    /// @dev Never seen as long as both ways of checking agree.
    error CertificateRefused();

    /// @notice What a validator signs to attest to a checkpoint of a lane into this chain.
    function digest(uint64 epoch, bytes32 lane, uint64 sequence, bytes32 rollingHash) internal view returns (bytes32) {
        return digestAt(block.chainid, address(this), epoch, lane, sequence, rollingHash);
    }

    /// @notice The same for a lane into another chain.
    function digestAt(uint256 chainId, address bridge, uint64 epoch, bytes32 lane, uint64 sequence, bytes32 rollingHash)
        internal
        pure
        returns (bytes32)
    {
        bytes32 checkpoint = EfficientHashLib.hash(
            CHECKPOINT_TYPEHASH, bytes32(uint256(epoch)), lane, bytes32(uint256(sequence)), rollingHash
        );
        return MessageHashUtils.toTypedDataHash(_domain(chainId, bridge), checkpoint);
    }

    /// @notice What a validator signs to have another set follow.
    /// @param members keccak256 of the members, 20 bytes each
    function rotationDigest(uint64 epoch, bytes32 members, uint8 threshold) internal view returns (bytes32) {
        bytes32 rotation =
            EfficientHashLib.hash(ROTATION_TYPEHASH, bytes32(uint256(epoch)), members, bytes32(uint256(threshold)));
        return MessageHashUtils.toTypedDataHash(_domain(block.chainid, address(this)), rotation);
    }

    /// @notice Reverts unless exactly `threshold` members signed, one signature for each bit of `signers` and in their order.
    function verify(Certificate calldata certificate, bytes32 signedDigest, bytes memory set) internal view {
        bytes calldata signatures = certificate.signatures;
        if (!_isGood(signatures, certificate.signers, signedDigest, set)) {
            explain(certificate, signedDigest, set);
        }
    }

    /// @dev The same rules as `explain`, at a third of its price: a signature is the largest part of a small delivery.
    /// ecrecover reads digest, v, r and s from 0x00 to 0x7f, where Solidity keeps the free memory pointer and its zero; both are
    /// put back. It returns nothing for a signature that recovers to nobody, and the word at 0x20 then still holds v.
    function _isGood(bytes calldata signatures, uint256 signers, bytes32 signedDigest, bytes memory set)
        private
        view
        returns (bool good)
    {
        if (signatures.length != SIGNATURE_LENGTH * set.threshold() || signers >> set.count() != 0) return false;
        assembly ("memory-safe") {
            let free := mload(0x40)
            let at := signatures.offset
            let end := add(at, signatures.length)
            let member := add(set, 0x22)
            mstore(0x00, signedDigest)
            for {} lt(at, end) { member := add(member, 20) signers := shr(1, signers) } {
                if iszero(and(signers, 1)) {
                    if signers { continue }
                    break
                }
                let vs := calldataload(add(at, 0x20))
                let s := and(vs, S_MASK)
                mstore(0x20, add(27, shr(255, vs)))
                mstore(0x40, calldataload(at))
                mstore(0x60, s)
                pop(staticcall(gas(), 1, 0x00, 0x80, 0x20, 0x20))
                let recovered := and(eq(mload(0x20), shr(96, mload(member))), eq(returndatasize(), 0x20))
                if iszero(gt(recovered, gt(s, HALF_ORDER))) { break }
                at := add(at, SIGNATURE_LENGTH)
            }
            mstore(0x40, free)
            mstore(0x60, 0)
            good := and(eq(at, end), iszero(signers))
        }
    }

    /// @notice Reverts with the first fault of a certificate, and without one with `CertificateRefused`.
    function explain(Certificate calldata certificate, bytes32 signedDigest, bytes memory set) internal view {
        (bytes calldata signatures, uint256 signers) = (certificate.signatures, certificate.signers);
        uint256 threshold = set.threshold();
        if (signatures.length % SIGNATURE_LENGTH != 0) revert SignatureLengthWrong(signatures.length);
        uint256 given = signatures.length / SIGNATURE_LENGTH;
        if (given < threshold) revert TooFewSignatures(given, threshold);
        if (given > threshold) revert TooManySignatures(given, threshold);
        if (signers >> set.count() != 0) revert SignerOutsideSet(signers, set.count());
        uint256 marked = LibBit.popCount(signers);
        if (marked != threshold) revert SignerCountWrong(marked, threshold);

        uint256 index;
        for (uint256 position; position < set.count(); ++position) {
            if (signers >> position & 1 == 0) continue;
            bytes32 r = bytes32(signatures[index * SIGNATURE_LENGTH:]);
            bytes32 vs = bytes32(signatures[index * SIGNATURE_LENGTH + 32:]);
            if (uint256(vs) & S_MASK > HALF_ORDER) revert HighS(index);
            address signer = ECDSA.tryRecover(signedDigest, r, vs);
            if (signer == address(0)) revert SignatureInvalid(index);
            if (signer != set.member(position)) _explainSigner(set, signers, position, index, signer);
            ++index;
        }
        revert CertificateRefused();
    }

    /// @dev `signer` is not the member at `position`: who is it?
    function _explainSigner(bytes memory set, uint256 signers, uint256 position, uint256 index, address signer) private pure {
        (bool isMember, uint256 actual) = set.contains(signer);
        if (!isMember) revert NotAMember(index, signer);
        address expected = set.member(position);
        if (signers >> actual & 1 == 0) revert SignerNotMarked(index, expected, signer);
        // Every marked member before this position has signed already, or we would not be here.
        if (actual < position) revert SignerRepeated(index, signer);
        revert SignaturesUnsorted(index, expected, signer);
    }

    /// @dev The chain id is read and not stored, so that a certificate does not count on both sides of a chain split.
    function _domain(uint256 chainId, address bridge) private pure returns (bytes32) {
        return EfficientHashLib.hash(
            DOMAIN_TYPEHASH, NAME_HASH, VERSION_HASH, bytes32(chainId), bytes32(uint256(uint160(bridge)))
        );
    }
}
