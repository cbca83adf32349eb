// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AssetWord} from "./AssetWords.sol";
import {Calls} from "./Calls.sol";
import {Messages} from "./Messages.sol";

/// @notice What delivered messages do, one run of transfers or one call after the other.
abstract contract Effects is Calls {
    using Messages for bytes;

    /// @param messages those that `fold` let pass
    /// @param count how many
    /// @param whole whether they are one run: transfers of one asset, none of which must be held
    /// @param asset of the first message's asset
    /// @param alert whether any pause may be in force
    function _takeEffects(
        bytes32 lane,
        uint64 sequence,
        bytes calldata messages,
        uint256 count,
        bool whole,
        AssetWord asset,
        bool alert
    ) internal {
        if (whole) return _payRun(lane, sequence, messages, count, asset, alert);

        (uint256 at, uint256 end) = messages.span();
        while (at < end) {
            uint256 next;
            (next, count) = Messages.pureCallsAt(at, end, address(_gateway));
            if (count != 0) {
                _callRun(lane, sequence, Messages.slice(at, next));
                (at, sequence) = (next, sequence + uint64(count));
                continue;
            }
            asset = _assets[Messages.assetIdAt(at)];
            (next, count) = Messages.runAt(at, end, asset.most(), address(_gateway));
            if (count != 0) {
                _payRun(lane, sequence, Messages.slice(at, next), count, asset, alert);
            } else {
                (next, count) = (at + Messages.lengthAt(at), 1);
                _takeAlone(lane, sequence, at, asset, alert);
            }
            at = next;
            sequence += uint64(count);
        }
    }

    /// @dev A message that is no part of a run: a call, larger than the threshold, or to the Gateway, which owns nothing.
    function _takeAlone(bytes32 lane, uint64 sequence, uint256 at, AssetWord asset, bool alert) private {
        (uint256 amount,) = Messages.amountsAt(at);
        address recipient = Messages.recipientAt(at);
        uint32 assetId = Messages.assetIdAt(at);
        if (recipient == address(_gateway)) {
            _defer(lane, sequence, at, 0, abi.encodeWithSelector(RecipientRefused.selector, recipient));
        } else if (amount > asset.most()) {
            uint64 until = uint64(block.timestamp) + asset.hold();
            _defer(lane, sequence, at, until, abi.encodeWithSelector(LargerThanThreshold.selector, amount, asset.most()));
        } else if (amount != 0 && alert && _assetIsPaused(assetId)) {
            _defer(lane, sequence, at, 0, _pauseReason(assetId));
        } else {
            _attemptOrDefer(lane, sequence, at, asset.mode());
        }
    }

    function _retry(bytes32 lane, uint64 sequence, bytes calldata message) internal {
        Deferral memory found = _consume(lane, sequence, message);
        if (block.timestamp < found.heldUntil) revert StillHeld(found.heldUntil);
        uint256 at = message.start();
        uint32 assetId = Messages.assetIdAt(at);
        _requireAssetRuns(assetId);
        if (Messages.recipientAt(at) == address(_gateway)) revert RecipientRefused(address(_gateway));
        emit MessageRetried(lane, sequence, msg.sender);

        AssetWord asset = _assets[assetId];
        bool done = Messages.kindAt(at) == Messages.CALL
            ? _attemptAgain(lane, sequence, at, asset.mode())
            : _pay(asset, assetId, message, 1, msg.sender);
        if (!done) revert RetryFailed(_returned());
    }
}
