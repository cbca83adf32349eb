// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Messages} from "./Messages.sol";
import {Vault} from "./Vault.sol";
import {ITransfers} from "./interfaces/ITransfers.sol";

/// @notice Messages whose effect waits.
abstract contract Deferrals is Vault {
    /// @dev How much of a failed effect's return data is repeated: the callee must not choose what copying it costs.
    uint256 private constant MAX_REASON = 256;

    /// @inheritdoc ITransfers
    uint64 public constant REFUND_DELAY = 7 days;

    /// @inheritdoc ITransfers
    function deferred(bytes32 lane, uint64 sequence) external view returns (bytes32) {
        return _deferrals[lane][sequence].messageHash;
    }

    /// @inheritdoc ITransfers
    function deferral(bytes32 lane, uint64 sequence) external view returns (bytes32 messageHash, uint64 since, uint64 heldUntil) {
        Deferral memory found = _deferrals[lane][sequence];
        return (found.messageHash, found.since, found.heldUntil);
    }

    function _defer(bytes32 lane, uint64 sequence, uint256 at, uint64 heldUntil, bytes memory reason) internal {
        bytes32 messageHash = Messages.hashAt(at, Messages.lengthAt(at));
        _deferrals[lane][sequence] = Deferral(messageHash, uint64(block.timestamp), heldUntil);
        emit MessageDeferred(lane, sequence, messageHash, heldUntil, reason);
    }

    /// @dev Whatever is done with a deferred message, it is done once.
    function _consume(bytes32 lane, uint64 sequence, bytes calldata message) internal returns (Deferral memory found) {
        found = _deferrals[lane][sequence];
        if (found.messageHash == 0) revert NotDeferred(lane, sequence);
        if (keccak256(message) != found.messageHash) revert WrongMessage(keccak256(message), found.messageHash);
        delete _deferrals[lane][sequence];
    }

    /// @dev What the last call returned.
    function _returned() internal pure returns (bytes memory data) {
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
