// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AssetWord} from "./AssetWords.sol";
import {Messages} from "./Messages.sol";
import {Payments} from "./Payments.sol";
import {Mode} from "./interfaces/IBridge.sol";
import {IBridgedToken} from "./interfaces/IBridgedToken.sol";
import {IGateway} from "./interfaces/IGateway.sol";

/// @notice Messages of kind 3: tokens and call, or neither. The Gateway makes the call; the Bridge calls nobody that a user chose.
abstract contract Calls is Payments {
    using Messages for bytes;

    /// @dev What the Gateway needs around a call, and what deferring one costs.
    uint256 private constant GAS_AROUND_CALL = 40_000;
    uint256 private constant GAS_TO_DEFER = 80_000;

    /// @notice Pays what a call brings along and makes it, or reverts. The Bridge calls this on itself, to undo what failed.
    function payAndCall(bytes32 lane, uint64 sequence, bytes calldata message, address feeTo, uint256 gasLimit) external {
        if (msg.sender != address(this)) revert OnlySelf(msg.sender);
        uint32 assetId = Messages.assetIdAt(message.start());
        AssetWord asset = _known(assetId);
        bytes memory transfer = message.transferOf(feeTo);
        if (asset.mode() == Mode.Mint) IBridgedToken(asset.token()).crosschainMintMany(transfer, feeTo);
        else this.release(assetId, transfer, feeTo);

        (address target, bytes memory input) = (address(_gateway), _executeInput(lane, sequence, message.start(), gasLimit));
        assembly ("memory-safe") {
            if iszero(call(gas(), target, 0, add(input, 0x20), mload(input), 0, 0)) {
                returndatacopy(mload(0x40), 0, returndatasize())
                revert(mload(0x40), returndatasize())
            }
        }
    }

    /// @dev Calls that bring nothing along. The Gateway makes sure that each has its gas, or reverts.
    function _callRun(bytes32 lane, uint64 sequence, bytes calldata calls) internal {
        try _gateway.executeMany(lane, sequence, _inbound[lane].sourceChainId, calls) returns (IGateway.Failure[] memory failures) {
            for (uint256 i; i < failures.length; ++i) {
                IGateway.Failure memory failure = failures[i];
                _defer(lane, sequence + uint64(failure.index), calls.start() + failure.offset, 0, failure.reason);
            }
        } catch (bytes memory reason) {
            if (bytes4(reason) == IGateway.AnsweredWrongly.selector) return _callEach(lane, sequence, calls);
            assembly ("memory-safe") {
                revert(add(reason, 0x20), mload(reason))
            }
        }
    }

    /// @dev One by one, so that what a wrong answer comes with can be undone alone.
    function _callEach(bytes32 lane, uint64 sequence, bytes calldata calls) private {
        (uint256 at, uint256 end) = calls.span();
        for (; at < end; at += Messages.lengthAt(at)) {
            _attemptOrDefer(lane, sequence++, at, Mode.None);
        }
    }

    function _attemptOrDefer(bytes32 lane, uint64 sequence, uint256 at, Mode mode) internal {
        uint256 gasLimit = Messages.gasLimitAt(at);
        if (_attempt(lane, sequence, at, mode, gasLimit, msg.sender)) return;
        bytes memory reason = _returned();
        if (_isOfDeliverer(reason) && _attempt(lane, sequence, at, mode, gasLimit, Messages.recipientAt(at))) {
            emit FeeForgone(lane, sequence, msg.sender);
        } else {
            _defer(lane, sequence, at, 0, reason);
        }
    }

    /// @dev Reverts, and so spoils nothing, unless the recipient is sure to get its gas. After false, `_returned` gives the reason.
    /// @param mode of the asset that the message brings along
    /// @param gasLimit what the recipient gets
    function _attempt(bytes32 lane, uint64 sequence, uint256 at, Mode mode, uint256 gasLimit, address feeTo)
        private
        returns (bool done)
    {
        (uint256 amount,) = Messages.amountsAt(at);
        bytes calldata message = Messages.slice(at, at + Messages.lengthAt(at));
        (address target, bytes memory input) = amount == 0
            ? (address(_gateway), _executeInput(lane, sequence, at, gasLimit))
            : (address(this), abi.encodeCall(this.payAndCall, (lane, sequence, message, feeTo, gasLimit)));
        // A call keeps a 64th of the gas back: here, and in each contract between here and the recipient.
        uint256 inner = gasLimit + gasLimit / 30 + GAS_AROUND_CALL + (amount == 0 ? 0 : _gasLimit(mode, 1));
        uint256 needed = inner + inner / 60 + GAS_TO_DEFER;
        if (gasleft() < needed) revert InsufficientGas(gasleft(), needed);
        assembly ("memory-safe") {
            done := call(sub(gas(), GAS_TO_DEFER), target, 0, add(input, 0x20), mload(input), 0, 0)
        }
    }

    /// @dev Attempts it with all gas that is there.
    function _attemptAgain(bytes32 lane, uint64 sequence, uint256 at, Mode mode) internal returns (bool done) {
        (uint256 amount,) = Messages.amountsAt(at);
        uint256 around = 2 * GAS_AROUND_CALL + GAS_TO_DEFER + (amount == 0 ? 0 : _gasLimit(mode, 1));
        uint256 spare = gasleft() / 64 * 60;
        spare = spare > around ? spare - around : 0;
        spare -= spare / 20;
        uint256 least = Messages.gasLimitAt(at);
        return _attempt(lane, sequence, at, mode, spare > least ? spare : least, msg.sender);
    }

    function _executeInput(bytes32 lane, uint64 sequence, uint256 at, uint256 gasLimit) private view returns (bytes memory) {
        bytes32 receiveId = keccak256(abi.encode(lane, sequence));
        return abi.encodeCall(
            _gateway.execute,
            (
                receiveId,
                _inbound[lane].sourceChainId,
                Messages.senderAt(at),
                Messages.recipientAt(at),
                gasLimit,
                Messages.payloadAt(at)
            )
        );
    }
}
