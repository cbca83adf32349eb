// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ECDSA} from "solady/utils/ECDSA.sol";
import {SignatureCheckerLib} from "solady/utils/SignatureCheckerLib.sol";
import {IIntents, Intent} from "./interfaces/IIntents.sol";

/// @notice Whether an intent's owner signed it, and that no nonce is used twice.
abstract contract IntentSignatures is EIP712, IIntents {
    string internal constant INTENT_TYPE =
        "Intent(address owner,uint256 destinationChainId,uint32 assetId,address recipient,uint128 amount,uint128 fee,uint128 relayerFee,uint256 deadline,uint256 nonce)";
    bytes32 private constant INTENT_TYPEHASH = keccak256(bytes(INTENT_TYPE));
    /// @dev What a signature ends with that tells how to deploy its account (ERC-6492).
    bytes32 private constant UNDEPLOYED = 0x6492649264926492649264926492649264926492649264926492649264926492;

    AccountDeployer private immutable _deployer = new AccountDeployer();
    /// @dev 256 nonces in a word, as Permit2 keeps them.
    mapping(address owner => mapping(uint256 word => uint256)) private _nonces;

    constructor() EIP712("Intents", "1") {}

    /// @inheritdoc IIntents
    function cancelNonce(uint256 nonce) external {
        _useNonce(msg.sender, nonce);
        emit NonceCancelled(msg.sender, nonce);
    }

    /// @inheritdoc IIntents
    function nonceUsed(address owner, uint256 nonce) public view returns (bool) {
        return _nonces[owner][nonce >> 8] >> (nonce & 0xff) & 1 != 0;
    }

    /// @inheritdoc IIntents
    function intentHash(Intent calldata intent) public view returns (bytes32) {
        return _hashTypedDataV4(_structHash(intent));
    }

    function _structHash(Intent calldata intent) internal pure returns (bytes32) {
        return keccak256(abi.encode(INTENT_TYPEHASH, intent));
    }

    function _useNonce(address owner, uint256 nonce) internal {
        if (nonceUsed(owner, nonce)) revert NonceUsed(owner, nonce);
        _nonces[owner][nonce >> 8] |= 1 << (nonce & 0xff);
    }

    /// @dev Somebody whom the signature chose is called, but never by this contract, which holds allowances.
    function _requireSigned(Intent calldata intent, bytes calldata signature) internal {
        bytes32 digest = intentHash(intent);
        bytes memory inner = signature;
        if (signature.length > 32 && bytes32(signature[signature.length - 32:]) == UNDEPLOYED) {
            (address factory, bytes memory input, bytes memory rest) =
                abi.decode(signature[:signature.length - 32], (address, bytes, bytes));
            if (intent.owner.code.length == 0) _deployer.deploy(factory, input);
            inner = rest;
        }
        if (!_signedBy(intent.owner, digest, inner)) revert SignatureRefused(intent.owner);
    }

    /// @dev A key signs for its account whatever code stands there (EIP-7702): that code may know nothing of signatures.
    function _signedBy(address owner, bytes32 digest, bytes memory signature) private view returns (bool) {
        if (owner == address(0)) return false; // which is what a failed recovery gives
        return ECDSA.tryRecover(digest, signature) == owner
            || SignatureCheckerLib.isValidERC1271SignatureNow(owner, digest, signature);
    }
}

/// @notice Calls account factories. It owns nothing, and nobody has given it any right.
contract AccountDeployer {
    /// @dev Whether there is an account afterwards shows when its signature is checked.
    function deploy(address factory, bytes calldata input) external {
        (bool done,) = factory.call(input);
        done;
    }
}
