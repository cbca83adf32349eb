// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Intent} from "../../src/interfaces/IIntents.sol";
import {IPermit2} from "../../src/interfaces/ITokenSignatures.sol";
import {IntentWorld} from "./IntentWorld.sol";

/// @notice What the tests read of Permit2, and what it reverts with.
interface IPermit2State {
    error InvalidNonce();
    error InvalidSigner();

    function DOMAIN_SEPARATOR() external view returns (bytes32);
    function nonceBitmap(address owner, uint256 word) external view returns (uint256);
    function invalidateUnorderedNonces(uint256 word, uint256 mask) external;
}

/// @notice What wallets sign for Permit2 when an intent is the witness.
abstract contract Permit2World is IntentWorld {
    string private constant STUB =
        "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,";

    function _witnessType() internal pure returns (string memory) {
        return string.concat("Intent witness)", INTENT_TYPE, "TokenPermissions(address token,uint256 amount)");
    }

    function _permitted(uint256 key, address spender, Intent memory intent) internal view returns (bytes memory) {
        bytes32 permissions = keccak256(
            abi.encode(
                keccak256("TokenPermissions(address token,uint256 amount)"),
                home.asset(intent.assetId).token,
                uint256(intent.amount) + intent.relayerFee
            )
        );
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(bytes(string.concat(STUB, _witnessType()))),
                permissions,
                spender,
                intent.nonce,
                intent.deadline,
                _structHash(intent)
            )
        );
        bytes32 domain = IPermit2State(permit2).DOMAIN_SEPARATOR();
        return _signature(key, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
    }

    /// @dev Past Intents, nobody can use the signature.
    function _refusesDirectly(Intent memory intent, address to, bytes memory signature) internal {
        uint256 total = uint256(intent.amount) + intent.relayerFee;
        IPermit2.PermitTransferFrom memory permit = IPermit2.PermitTransferFrom(
            IPermit2.TokenPermissions(home.asset(intent.assetId).token, total), intent.nonce, intent.deadline
        );
        IPermit2.SignatureTransferDetails memory details = IPermit2.SignatureTransferDetails(to, total);
        bytes32 witness = _structHash(intent);
        vm.prank(to);
        vm.expectRevert(abi.encodeWithSelector(IPermit2State.InvalidSigner.selector));
        IPermit2(permit2).permitWitnessTransferFrom(permit, details, intent.owner, witness, _witnessType(), signature);
    }
}
