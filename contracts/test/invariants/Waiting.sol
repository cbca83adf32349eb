// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {ITransfers} from "../../src/interfaces/ITransfers.sol";
import {Delivering} from "./Delivering.sol";

/// @notice What becomes of deferred messages.
abstract contract Waiting is Delivering {
    function retry(bool atHome, uint256 which, uint256 who) external on(atHome) {
        (bool found, uint256 index) = _find(atHome, which);
        if (!found) return;
        Sent storage sent = _lanes[atHome][index];
        bytes4 expected = _laneRefusal(atHome);
        if (expected == 0 && time < sent.heldUntil) expected = IBridgeErrors.StillHeld.selector;
        if (expected == 0 && time < _pauses[atHome].assets[sent.id]) expected = IBridgeErrors.AssetIsPaused.selector;
        bool toGateway = sent.recipient == _bridge(atHome).gateway();
        if (expected == 0 && toGateway) expected = IBridgeErrors.RecipientRefused.selector;
        if (expected == 0 && _isObstructed(atHome, sent)) expected = IBridgeErrors.RetryFailed.selector;
        (bool done, bytes4 why) = _try(_executor(who), address(_bridge(atHome)), 0, _retryInput(atHome, index));
        _judge(done, why, expected, sent.id == TIGHT && sent.amount != 0 ? IBridgeErrors.RetryFailed.selector : bytes4(0));
        if (!done) return;
        _takeEffect(atHome, sent, _executor(who));
        _reach(sent.heldUntil == 0 ? "retried" : "retried after its hold");
        _again(atHome, index);
    }

    function refund(bool atHome, uint256 which, uint256 who) external on(atHome) {
        (bool found, uint256 index) = _find(atHome, which);
        if (found) _refund(atHome, index, who % 2 == 0);
    }

    function _refund(bool atHome, uint256 index, bool byRecipient) private {
        Sent storage sent = _lanes[atHome][index];
        (bytes4 expected, uint128 fee) = _refundRefusal(atHome, sent, byRecipient);
        address who = byRecipient ? sent.recipient : _stranger;
        (bool done, bytes4 why) = _try(who, address(_bridge(atHome)), 0, _refundInput(atHome, index));
        _judge(done, why, expected, sent.id == CAPPED ? IBridgeErrors.OutboundLimitExceeded.selector : bytes4(0));
        if (!done) return;
        sent.state = State.Returned;
        Sent memory back;
        if (!_isClosed(atHome, sent.id)) back.minimum = _fees[atHome][sent.id].transfer;
        (back.id, back.sender, back.recipient, back.amount, back.fee) = (sent.id, sent.sender, sent.sender, sent.amount, fee);
        back.message = abi.encodePacked(uint8(1), back.id, back.recipient, back.amount, back.fee);
        _record(atHome, back);
        _reach(byRecipient ? "refunded by its recipient" : "refunded by anyone");
        _again(atHome, index);
    }

    function _refundRefusal(bool atHome, Sent storage sent, bool byRecipient) private view returns (bytes4 error, uint128 fee) {
        error = _laneRefusal(atHome);
        if (error == 0 && !byRecipient && time < sent.since + 7 days) error = IBridgeErrors.RefundTooEarly.selector;
        if (error == 0 && sent.amount == 0) error = IBridgeErrors.NothingToRefund.selector;
        if (error == 0) error = _refusal(atHome, sent.id);
        uint128 minimum = _isClosed(atHome, sent.id) ? 0 : _fees[atHome][sent.id].transfer;
        fee = sent.fee < minimum ? minimum : sent.fee;
        if (error == 0 && sent.amount <= fee) error = IBridgeErrors.FeeTooLow.selector;
    }

    /// @dev What is done with a deferred message is done once.
    function _again(bool atHome, uint256 index) private {
        bytes4 expected = _laneRefusal(atHome);
        if (expected == 0) expected = IBridgeErrors.NotDeferred.selector;
        (bool done, bytes4 why) = _try(_stranger, address(_bridge(atHome)), 0, _retryInput(atHome, index));
        _judge(done, why, expected, 0);
        (done, why) = _try(_lanes[atHome][index].recipient, address(_bridge(atHome)), 0, _refundInput(atHome, index));
        _judge(done, why, expected, 0);
    }

    function _find(bool atHome, uint256 which) private view returns (bool found, uint256 index) {
        uint256 count = _delivered[atHome];
        for (uint256 i; i < count; ++i) {
            index = (which % count + i) % count;
            if (_lanes[atHome][index].state == State.Waiting) return (true, index);
        }
    }

    function _retryInput(bool atHome, uint256 index) private view returns (bytes memory) {
        return abi.encodeCall(ITransfers.retry, (_laneTo(atHome), uint64(index + 1), _lanes[atHome][index].message));
    }

    function _refundInput(bool atHome, uint256 index) private view returns (bytes memory) {
        return abi.encodeCall(ITransfers.refund, (_laneTo(atHome), uint64(index + 1), _lanes[atHome][index].message));
    }
}
