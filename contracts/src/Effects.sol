// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AssetBook} from "./AssetBook.sol";
import {Messages} from "./Messages.sol";
import {Payouts} from "./Payouts.sol";
import {IBridge, Mode} from "./interfaces/IBridge.sol";
import {IBridgedToken} from "./interfaces/IBridgedToken.sol";

/// @notice What delivered messages do. One call pays all of a run of messages of one asset, or none of it; where it pays none,
/// each message is tried on its own, and one that still fails is deferred.
abstract contract Effects is AssetBook {
    using Messages for bytes;

    /// @dev Gas that a payment may use: this much, and so much more for each message of the run. A message counts as failed
    /// only if it had all of it, so nobody can spoil one by sending too little gas; and a token that burns all it gets
    /// leaves enough to defer the message and go on.
    uint256 private constant GAS_PER_RUN = 250_000;
    uint256 private constant GAS_PER_MESSAGE = 50_000;
    /// @dev What stands between counting the gas and the call, with room to spare.
    uint256 private constant GAS_TO_PREPARE = 10_000;
    uint256 private constant GAS_TO_JUDGE_ONE = GAS_PER_RUN + GAS_PER_MESSAGE + GAS_TO_PREPARE;

    /// @dev How much of a failed payment's return data is repeated: the callee must not choose what copying it costs.
    uint256 private constant MAX_REASON = 256;

    mapping(uint256 sourceChainId => mapping(uint64 sequence => bytes32 messageHash)) private _deferred;

    /// @inheritdoc IBridge
    function deferred(uint256 sourceChainId, uint64 sequence) external view returns (bytes32) {
        return _deferred[sourceChainId][sequence];
    }

    /// @param messages those that `fold` let pass
    function _takeEffects(uint256 sourceChainId, uint64 sequence, bytes calldata messages) internal {
        (uint256 at, uint256 end) = messages.span();
        while (at < end) {
            (bool paid, uint256 next, uint64 count) = _pay(at, end);
            if (!paid) _takeEffectOfEach(sourceChainId, sequence, at, next);
            at = next;
            unchecked {
                sequence += count;
            }
        }
    }

    function _takeEffectOfEach(uint256 sourceChainId, uint64 sequence, uint256 at, uint256 end) private {
        for (; at < end; ++sequence) {
            uint256 length = Messages.lengthAt(at);
            uint256 available = gasleft() / 64 * 63;
            (bool paid,,) = _pay(at, at + length);
            if (!paid) {
                bytes memory reason = _returned();
                if (available < GAS_TO_JUDGE_ONE) revert InsufficientGas(available, GAS_TO_JUDGE_ONE);
                bytes32 messageHash = Messages.hashAt(at, length);
                _deferred[sourceChainId][sequence] = messageHash;
                emit MessageDeferred(sourceChainId, sequence, messageHash, reason);
            }
            at += length;
        }
    }

    function _retry(uint256 sourceChainId, uint64 sequence, bytes calldata message) internal {
        bytes32 expected = _deferred[sourceChainId][sequence];
        if (expected == 0) revert NotDeferred(sourceChainId, sequence);
        if (keccak256(message) != expected) revert WrongMessage(keccak256(message), expected);

        delete _deferred[sourceChainId][sequence];
        emit MessageRetried(sourceChainId, sequence, msg.sender);

        (uint256 at, uint256 end) = message.span();
        (bool paid,,) = _pay(at, end);
        if (!paid) revert RetryFailed(_returned());
    }

    /// @dev Pays the run of messages of one asset that begins at `at`: amount - fee to each recipient and the sum of the fees to
    /// the caller, in one call that does all of it or nothing. After false, `_returned` gives the reason.
    /// @return paid whether it did
    /// @return next where the run ends
    /// @return count how many messages it has
    function _pay(uint256 at, uint256 end) private returns (bool paid, uint256 next, uint64 count) {
        uint32 assetId = Messages.assetIdAt(at);
        bytes memory payouts;
        uint256 total;
        (payouts, total, next, count) = _payouts(assetId, at, end);
        (address token, Mode mode) = _found(assetId);
        (address target, bytes memory input) = mode == Mode.Mint
            ? (token, abi.encodeCall(IBridgedToken.crosschainMintMany, (payouts)))
            : (address(this), abi.encodeCall(this.release, (assetId, payouts, total)));
        uint256 gasLimit = _gasLimit(count);
        assembly ("memory-safe") {
            // Solidity's own call would copy whatever comes back, at our expense. The target has code: registerAsset saw to it.
            paid := call(gasLimit, target, 0, add(input, 0x20), mload(input), 0, 0)
        }
    }

    function _gasLimit(uint256 count) private pure returns (uint256) {
        unchecked {
            return GAS_PER_RUN + count * GAS_PER_MESSAGE;
        }
    }

    function _payouts(uint32 assetId, uint256 at, uint256 end)
        private
        view
        returns (bytes memory payouts, uint256 total, uint256 next, uint64 count)
    {
        uint256 place;
        uint256 fees;
        (payouts, place) = Payouts.open();
        unchecked {
            // Sums of 128-bit numbers: calldata with enough of them to overflow does not fit into a block.
            do {
                (uint256 amount, uint256 fee) = Messages.amountsAt(at);
                place = Payouts.push(place, Messages.recipientAt(at), amount - fee);
                total += amount;
                fees += fee;
                at += Messages.lengthAt(at);
                ++count;
            } while (at < end && Messages.assetIdAt(at) == assetId);
        }
        place = Payouts.push(place, msg.sender, fees);
        Payouts.close(payouts, place);
        next = at;
    }

    function _returned() private pure returns (bytes memory data) {
        uint256 size;
        assembly ("memory-safe") {
            size := returndatasize()
        }
        data = new bytes(size < MAX_REASON ? size : MAX_REASON);
        assembly ("memory-safe") {
            returndatacopy(add(data, 0x20), 0, mload(data))
        }
    }
}
