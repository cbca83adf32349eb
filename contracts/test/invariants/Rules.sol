// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ValidatorSets} from "../../src/ValidatorSets.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IBridgedToken} from "../../src/interfaces/IBridgedToken.sol";

/// @notice The numbers of tests/INVARIANTS.md that are judged where somebody acts. The others are judged from outside: see the Checks.
library Rules {
    uint256 internal constant MINIMUM_FEE = 7;
    uint256 internal constant ORDER = 9;
    uint256 internal constant ONCE = 12;
    uint256 internal constant DEFERRED_FOR_A_REASON = 13;
    uint256 internal constant HELD = 14;
    uint256 internal constant REPLAY = 16;
    uint256 internal constant THRESHOLD = 17;
    uint256 internal constant EPOCHS = 18;
    uint256 internal constant QUORUM = 19;
    uint256 internal constant DEFAULTS = 20;
    uint256 internal constant ROTATION_DELAY = 21;
    uint256 internal constant OVERLAP = 22;
    uint256 internal constant CANCELLED = 23;
    uint256 internal constant INFLOW = 24;
    uint256 internal constant OUTFLOW = 25;
    uint256 internal constant LIMITS_NEVER_REFILL = 26;
    uint256 internal constant STRANGERS = 27;
    uint256 internal constant PAUSES_STOP = 29;
    uint256 internal constant LESSER_ROLES = 31;
    uint256 internal constant HANDOVER = 32;
    uint256 internal constant INNER_DOORS = 33;
    uint256 internal constant MINTERS_ARE_ANNOUNCED = 34;
    uint256 internal constant FEE_BOUNDS = 35;
    uint256 internal constant VALUE = 36;
    uint256 internal constant REFUND_DELAY = 37;
    uint256 internal constant OWN_NAME = 38;
    uint256 internal constant NOTHING_ELSE_IS_REFUSED = 40;

    /// @notice The rule that is broken when somebody gets away with what this error should have stopped.
    function guardedBy(bytes4 error) internal pure returns (uint256) {
        if (_isPause(error)) return PAUSES_STOP;
        if (error == IBridgeErrors.FeeTooLow.selector || error == IBridgeErrors.MinimumFeeNotSet.selector) return MINIMUM_FEE;
        if (error == IBridgeErrors.NotDeferred.selector) return ONCE;
        if (error == IBridgeErrors.StillHeld.selector) return HELD;
        if (error == IBridgeErrors.RefundTooEarly.selector) return REFUND_DELAY;
        if (error == IBridgeErrors.RotationTooEarly.selector || error == IBridgeErrors.RotationAlreadyPending.selector) return ROTATION_DELAY;
        if (error == IBridgeErrors.NoRotationPending.selector) return ROTATION_DELAY;
        if (error == IBridgeErrors.NoOverlap.selector) return OVERLAP;
        if (error == IBridgeErrors.FeesOutOfBounds.selector) return FEE_BOUNDS;
        if (error == IBridgedToken.AnnouncedTooLate.selector || error == IBridgedToken.NotAnnounced.selector) return MINTERS_ARE_ANNOUNCED;
        if (error == IBridgedToken.NotLower.selector) return MINTERS_ARE_ANNOUNCED;
        if (_isOfASet(error)) return THRESHOLD;
        if (_isOfAHandover(error)) return HANDOVER;
        return DEFERRED_FOR_A_REASON;
    }

    function _isPause(bytes4 error) private pure returns (bool) {
        return error == IBridgeErrors.EverythingIsPaused.selector || error == IBridgeErrors.LaneIsPaused.selector
            || error == IBridgeErrors.AssetIsPaused.selector;
    }

    function _isOfASet(bytes4 error) private pure returns (bool) {
        return error == ValidatorSets.ThresholdTooLow.selector || error == ValidatorSets.ThresholdTooHigh.selector
            || error == ValidatorSets.NoMembers.selector || error == ValidatorSets.TooManyMembers.selector;
    }

    function _isOfAHandover(bytes4 error) private pure returns (bool) {
        return error == IBridgeErrors.HandoverNotAnnounced.selector || error == IBridgeErrors.HandoverTooEarly.selector
            || error == IBridgeErrors.AssetNotPaused.selector || error == IBridgeErrors.ModeWrong.selector
            || error == IBridgeErrors.AlreadyHandedOver.selector;
    }
}
