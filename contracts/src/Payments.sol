// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AssetWord} from "./AssetWords.sol";
import {Deferrals} from "./Deferrals.sol";
import {Messages} from "./Messages.sol";
import {Mode} from "./interfaces/IBridge.sol";
import {IBridgedToken} from "./interfaces/IBridgedToken.sol";

/// @notice Runs of transfers of one asset: one call pays all of a run, or none of it; where it pays none, each transfer is tried on
/// its own, and one that still fails is deferred.
abstract contract Payments is Deferrals {
    using Messages for bytes;

    /// @dev Gas that a payment may use: this much, and so much more for each message of the run. A message counts as failed
    /// only if it had all of it, so nobody can spoil one by sending too little gas; and a token that burns all it gets
    /// leaves enough to defer the message and go on.
    uint256 private constant GAS_PER_RUN = 250_000;
    uint256 private constant GAS_PER_MESSAGE = 50_000;
    /// @dev Of the chain's own coin: a call with value to a new account, what it may use, and wrapping the coin if it refuses.
    uint256 private constant GAS_PER_NATIVE_MESSAGE = 300_000;
    /// @dev What stands between counting the gas and the call, with room to spare.
    uint256 private constant GAS_TO_PREPARE = 10_000;

    /// @param transfers of one asset, one behind the other
    function _payRun(bytes32 lane, uint64 sequence, bytes calldata transfers, uint256 count, AssetWord asset, bool alert) internal {
        uint32 assetId = Messages.assetIdAt(transfers.start());
        uint256 gasBefore = gasleft();
        bool paused = alert && _assetIsPaused(assetId);
        if (!paused && _pay(asset, assetId, transfers, count, msg.sender)) return;

        if (count == 1) {
            bytes memory reason = paused ? _pauseReason(assetId) : _returned();
            uint256 needed = _gasLimit(asset.mode(), 1) + GAS_TO_PREPARE;
            uint256 available = gasBefore / 64 * 63;
            if (available < needed) revert InsufficientGas(available, needed);
            if (_isOfDeliverer(reason) && _payWithFee(lane, sequence, transfers, assetId, asset)) return;
            _defer(lane, sequence, transfers.start(), 0, reason);
            return;
        }
        (uint256 at, uint256 end) = transfers.span();
        while (at < end) {
            uint256 next = at + Messages.lengthAt(at);
            _payRun(lane, sequence++, Messages.slice(at, next), 1, asset, alert);
            at = next;
        }
    }

    /// @dev The deliverer forgoes a fee that the token does not let them have: the recipient gets the whole amount. Otherwise anybody
    /// whom a token refuses could have its messages deferred, by delivering them. Too little gas for it leaves too little to defer.
    function _payWithFee(bytes32 lane, uint64 sequence, bytes calldata transfer, uint32 assetId, AssetWord asset)
        private
        returns (bool paid)
    {
        paid = _pay(asset, assetId, transfer, 1, Messages.recipientAt(transfer.start()));
        if (paid) emit FeeForgone(lane, sequence, msg.sender);
    }

    function _isOfDeliverer(bytes memory reason) internal pure returns (bool) {
        return bytes4(reason) == DelivererRefused.selector;
    }

    /// @dev One call that pays all or nothing. After false, `_returned` gives the reason.
    function _pay(AssetWord asset, uint32 assetId, bytes calldata transfers, uint256 count, address feeTo)
        internal
        returns (bool paid)
    {
        (address target, bytes memory input) = asset.mode() == Mode.Mint
            ? (asset.token(), abi.encodeCall(IBridgedToken.crosschainMintMany, (transfers, feeTo)))
            : (address(this), abi.encodeCall(this.release, (assetId, transfers, feeTo)));
        uint256 gasLimit = _gasLimit(asset.mode(), count);
        assembly ("memory-safe") {
            // Solidity's own call would copy whatever comes back, at our expense. The target has code: registerAsset saw to it.
            paid := call(gasLimit, target, 0, add(input, 0x20), mload(input), 0, 0)
        }
    }

    function _gasLimit(Mode mode, uint256 count) internal pure returns (uint256) {
        unchecked {
            return GAS_PER_RUN + count * (mode == Mode.Native ? GAS_PER_NATIVE_MESSAGE : GAS_PER_MESSAGE);
        }
    }

    function _pauseReason(uint32 assetId) internal view returns (bytes memory) {
        return abi.encodeWithSelector(AssetIsPaused.selector, assetId, _assetPausedUntil[assetId]);
    }
}
