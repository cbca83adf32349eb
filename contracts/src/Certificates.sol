// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {LibBit} from "solady/utils/LibBit.sol";
import {ValidatorSets} from "./ValidatorSets.sol";
import {Certificate} from "./interfaces/IBridge.sol";

/// @notice EIP-712 digests of checkpoints, and what makes a quorum of signatures over one.
library Certificates {
    using ValidatorSets for bytes;

    string internal constant NAME = "Bridge";
    string internal constant VERSION = "1";

    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant CHECKPOINT_TYPEHASH =
        keccak256("Checkpoint(uint64 epoch,bytes32 lane,uint64 sequence,bytes32 rollingHash)");
    bytes32 private constant NAME_HASH = keccak256(bytes(NAME));
    bytes32 private constant VERSION_HASH = keccak256(bytes(VERSION));

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
        bytes32 domain = keccak256(abi.encode(DOMAIN_TYPEHASH, NAME_HASH, VERSION_HASH, block.chainid, address(this)));
        bytes32 checkpoint = keccak256(abi.encode(CHECKPOINT_TYPEHASH, epoch, lane, sequence, rollingHash));
        return keccak256(abi.encodePacked(hex"1901", domain, checkpoint));
    }

    /// @notice Reverts unless exactly `threshold` members signed, one signature for each bit of `signers` and in their order.
    function verify(Certificate calldata certificate, bytes32 signedDigest, bytes memory set) internal pure {
        bytes calldata signatures = certificate.signatures;
        uint256 signers = certificate.signers;
        uint256 members = set.count();
        _checkShape(signatures.length, signers, set.threshold(), members);

        uint256 index;
        for (uint256 position; position < members; ++position) {
            if (signers >> position & 1 == 0) continue;
            address signer = _recover(signedDigest, signatures, index);
            if (signer != set.member(position)) _refuse(set, signers, position, index, signer);
            ++index;
        }
    }

    function _checkShape(uint256 length, uint256 signers, uint256 threshold, uint256 members) private pure {
        if (length % SIGNATURE_LENGTH != 0) revert SignatureLengthWrong(length);
        uint256 given = length / SIGNATURE_LENGTH;
        if (given < threshold) revert TooFewSignatures(given, threshold);
        if (given > threshold) revert TooManySignatures(given, threshold);
        if (signers >> members != 0) revert SignerOutsideSet(signers, members);
        uint256 marked = LibBit.popCount(signers);
        if (marked != threshold) revert SignerCountWrong(marked, threshold);
    }

    function _recover(bytes32 signedDigest, bytes calldata signatures, uint256 index) private pure returns (address signer) {
        uint256 offset = index * SIGNATURE_LENGTH;
        bytes32 r = bytes32(signatures[offset:offset + 32]);
        uint256 parityAndS = uint256(bytes32(signatures[offset + 32:offset + 64]));
        uint256 s = parityAndS & type(uint256).max >> 1;
        if (s > HALF_ORDER) revert HighS(index);
        signer = ecrecover(signedDigest, uint8(27 + (parityAndS >> 255)), r, bytes32(s));
        if (signer == address(0)) revert SignatureInvalid(index);
    }

    /// @dev Says what is wrong with a signature that is not by the member at `position`.
    function _refuse(bytes memory set, uint256 signers, uint256 position, uint256 index, address signer) private pure {
        (bool isMember, uint256 actual) = set.contains(signer);
        if (!isMember) revert NotAMember(index, signer);
        address expected = set.member(position);
        if (signers >> actual & 1 == 0) revert SignerNotMarked(index, expected, signer);
        // Every marked member before this position has signed already, or we would not be here.
        if (actual < position) revert SignerRepeated(index, signer);
        revert SignaturesUnsorted(index, expected, signer);
    }
}
