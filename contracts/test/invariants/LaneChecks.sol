// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {MoneyChecks} from "./MoneyChecks.sol";

/// @notice I-07, I-09 to I-11, I-15, I-39: what the lanes say, against the books.
abstract contract LaneChecks is MoneyChecks {
    function checkLanes() external {
        _ofLane(true);
        _ofLane(false);
        _calls();
    }

    function _ofLane(bool toHome) private {
        uint256 count = _lanes[toHome].length;
        _enter(!toHome);
        (uint64 sequence, bytes32 sent) = _bridge(!toHome).outbound(_chain(toHome));
        _same(sequence, count, "I-10 every message sent is counted");
        _same(sent, _hashes[toHome][count], "I-10 the outbound hash folds every message sent");
        _enter(toHome);
        bytes32 received = _bridge(toHome).inbound(_chain(!toHome));
        _same(received, _hashes[toHome][_delivered[toHome]], "I-09 what is delivered is a prefix of what was sent");
        _states(toHome, count);
    }

    /// @dev sent = under way + taken effect + deferred + sent back, and the chain remembers exactly the deferred ones.
    function _states(bool toHome, uint256 count) private view {
        uint256[4] memory counts;
        for (uint256 i; i < count; ++i) {
            Sent storage sent = _lanes[toHome][i];
            _check(sent.fee >= sent.minimum, "I-07 no message pays less than the minimum fee");
            ++counts[uint256(sent.state)];
            bytes32 expected = sent.state == State.Waiting ? keccak256(sent.message) : bytes32(0);
            (bytes32 hash, uint64 since, uint64 until) = _bridge(toHome).deferral(_laneTo(toHome), uint64(i + 1));
            _same(hash, expected, "I-11 the chain keeps the messages that wait, and no other");
            if (expected != 0) _same(since, sent.since, "I-11 since when it waits");
            if (expected != 0) _same(until, sent.heldUntil, "I-11 until when it is held");
        }
        _same(counts[0], count - _delivered[toHome], "I-11 sent = in flight + delivered");
        _same(counts[1] + counts[2] + counts[3], _delivered[toHome], "I-11 delivered = taken + deferred + refunded");
    }

    /// @dev With I-03, which counts the tokens: calls and tokens take effect together.
    function _calls() private view {
        uint256 taken = _checkCalls(true) + _checkCalls(false);
        uint256 made;
        for (uint256 i; i < _receivers.length; ++i) {
            made += _receivers[i].total();
            _check(!_receivers[i].gotIn(), "I-39 nobody gets into a Bridge that is at work");
        }
        _same(made, taken, "I-15 a call is made if its message took effect, and only then");
    }

    function _checkCalls(bool toHome) private view returns (uint256 taken) {
        address gateway = _bridge(toHome).gateway();
        for (uint256 i; i < _delivered[toHome]; ++i) {
            Sent storage sent = _lanes[toHome][i];
            if (!sent.isCall) continue;
            bytes32 receiveId = keccak256(abi.encode(_laneTo(toHome), uint64(i + 1)));
            uint256 calls;
            for (uint256 j; j < _receivers.length; ++j) {
                calls += _receivers[j].calls(gateway, receiveId);
            }
            _same(calls, sent.state == State.Taken ? 1 : 0, "I-15 a call is made once");
            if (sent.state == State.Taken) ++taken;
        }
    }
}
