// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IntentSignatures} from "./IntentSignatures.sol";
import {Asset, IBridge, Mode} from "./interfaces/IBridge.sol";
import {IIntents, Intent} from "./interfaces/IIntents.sol";
import {IERC3009, IPermit2} from "./interfaces/ITokenSignatures.sol";

/// @notice Takes an owner's tokens by signature and sends them through the Bridge in the owner's name. Whoever submits gets the relayer
/// fee. It may do one thing that others may not: name a message's sender.
contract Intents is IntentSignatures, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    string private constant WITNESS_TYPE =
        string.concat("Intent witness)", INTENT_TYPE, "TokenPermissions(address token,uint256 amount)");

    /// @dev Of one intent.
    /// @param locks whether the Bridge takes the tokens by allowance; others it burns
    /// @param before what this contract held, which is nothing unless somebody gave it away
    struct Taking {
        address token;
        bool locks;
        uint256 total;
        uint256 before;
    }

    IBridge public immutable bridge;
    IPermit2 public immutable permit2;

    constructor(IBridge bridge_, IPermit2 permit2_) {
        (bridge, permit2) = (bridge_, permit2_);
    }

    /// @inheritdoc IIntents
    function sendWithPermit(Intent calldata intent, uint256 permitDeadline, uint8 v, bytes32 r, bytes32 s)
        external
        nonReentrant
        returns (uint64 sequence, bytes32 messageId)
    {
        if (msg.sender != intent.owner) revert OnlyOwner(intent.owner, msg.sender);
        Taking memory taking = _open(intent);
        // Whoever saw it first may have used it: then the allowance is there, and if it is not, the next line says so.
        try IERC20Permit(taking.token).permit(intent.owner, address(this), taking.total, permitDeadline, v, r, s) {} catch {}
        IERC20(taking.token).safeTransferFrom(intent.owner, address(this), taking.total);
        return _close(intent, taking);
    }

    /// @inheritdoc IIntents
    function sendWithAuthorization(Intent calldata intent, bytes calldata signature)
        external
        nonReentrant
        returns (uint64 sequence, bytes32 messageId)
    {
        Taking memory taking = _open(intent);
        uint256 validBefore = intent.deadline == type(uint256).max ? intent.deadline : intent.deadline + 1;
        IERC3009(taking.token).receiveWithAuthorization(
            intent.owner, address(this), taking.total, 0, validBefore, intentHash(intent), signature
        );
        return _close(intent, taking);
    }

    /// @inheritdoc IIntents
    function sendWithPermit2(Intent calldata intent, bytes calldata signature)
        external
        nonReentrant
        returns (uint64 sequence, bytes32 messageId)
    {
        Taking memory taking = _open(intent);
        permit2.permitWitnessTransferFrom(
            IPermit2.PermitTransferFrom(IPermit2.TokenPermissions(taking.token, taking.total), intent.nonce, intent.deadline),
            IPermit2.SignatureTransferDetails(address(this), taking.total),
            intent.owner,
            _structHash(intent),
            WITNESS_TYPE,
            signature
        );
        return _close(intent, taking);
    }

    /// @inheritdoc IIntents
    function sendFor(Intent calldata intent, bytes calldata signature)
        external
        nonReentrant
        returns (uint64 sequence, bytes32 messageId)
    {
        _useNonce(intent.owner, intent.nonce);
        _requireSigned(intent, signature);
        Taking memory taking = _open(intent);
        IERC20(taking.token).safeTransferFrom(intent.owner, address(this), taking.total);
        return _close(intent, taking);
    }

    function _open(Intent calldata intent) private view returns (Taking memory taking) {
        if (block.timestamp > intent.deadline) revert IntentExpired(intent.deadline);
        Asset memory asset = bridge.asset(intent.assetId);
        if (asset.mode != Mode.Lock && asset.mode != Mode.Mint) revert TokenUnknown(intent.assetId);
        uint256 total = uint256(intent.amount) + intent.relayerFee;
        return Taking(asset.token, asset.mode == Mode.Lock, total, IERC20(asset.token).balanceOf(address(this)));
    }

    /// @dev What came in goes on, and nothing else.
    function _close(Intent calldata intent, Taking memory taking) private returns (uint64 sequence, bytes32 messageId) {
        IERC20 token = IERC20(taking.token);
        uint256 received = token.balanceOf(address(this)) - taking.before;
        if (received != taking.total) revert AmountNotReceived(received, taking.total);
        if (taking.locks) token.forceApprove(address(bridge), intent.amount);
        (sequence, messageId) = bridge.sendFor(
            intent.owner, intent.destinationChainId, intent.assetId, intent.recipient, intent.amount, intent.fee
        );
        emit IntentSubmitted(intentHash(intent), intent.owner, msg.sender, messageId);
        if (intent.relayerFee != 0) token.safeTransfer(msg.sender, intent.relayerFee);
    }
}
