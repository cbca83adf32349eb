// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificate} from "../../src/interfaces/IBridge.sol";
import {ITransfers} from "../../src/interfaces/ITransfers.sol";
import {Receiver} from "./Receiver.sol";
import {Rules} from "./Rules.sol";
import {Calling} from "./Calling.sol";

/// @notice Executors who deliver what was sent, and what that must lead to.
abstract contract Delivering is Calling {
    /// @dev What will become of a message. Of TIGHT the bucket decides too.
    enum Verdict {
        Taken,
        Waiting,
        Either
    }

    mapping(bool atHome => bytes[]) internal _accepted; // calldata of deliveries

    function deliver(bool atHome, uint256 count, uint256 who, uint256 skip) external on(atHome) {
        uint256 first = _delivered[atHome];
        uint256 open = _lanes[atHome].length - first;
        if (open == 0) return;
        Verdict[] memory verdicts = new Verdict[](_bound(count, 1, open < 6 ? open : 6));
        for (uint256 i; i < verdicts.length; ++i) {
            verdicts[i] = _verdict(atHome, _lanes[atHome][first + i]);
        }
        if (!_present(atHome, verdicts.length, _executor(who), skip)) return;
        _delivered[atHome] += verdicts.length;
        for (uint256 i; i < verdicts.length; ++i) {
            _consequence(atHome, first + i, verdicts[i], _executor(who));
        }
    }

    /// @dev The next `count` messages, certified by the set in force or by the one before, if that still counts.
    function _present(bool atHome, uint256 count, address executor, uint256 skip) private returns (bool done) {
        uint256 first = _delivered[atHome];
        bytes memory wire;
        for (uint256 i; i < count; ++i) {
            wire = bytes.concat(wire, _lanes[atHome][first + i].message);
        }
        bool byPrevious = skip % 2 == 0 && _overlaps(atHome);
        uint64 epoch = byPrevious ? _reigns[atHome].pastEpoch : _reigns[atHome].epoch;
        Certificate memory certificate = _attest(atHome, epoch, first + count, skip / 2);
        bytes memory input = abi.encodeCall(ITransfers.deliver, (_laneTo(atHome), uint64(first + 1), wire, certificate));
        bytes4 why;
        (done, why) = _try(executor, address(_bridge(atHome)), 0, input);
        _judge(done, why, _laneRefusal(atHome), 0);
        if (!done) return false;
        _accepted[atHome].push(input);
        _reach(byPrevious ? "delivered by the previous set" : "delivered");
    }

    function _verdict(bool atHome, Sent storage sent) private view returns (Verdict) {
        uint256 most = sent.id == TIGHT ? _threshold[atHome] : 0;
        bool held = most != 0 && sent.amount > most;
        bool paused = sent.amount != 0 && time < _pauses[atHome].assets[sent.id];
        if (held || paused || _isObstructed(atHome, sent)) return Verdict.Waiting;
        return sent.id == TIGHT ? Verdict.Either : Verdict.Taken;
    }

    /// @dev Whether something that no bucket knows of stands in the way.
    function _isObstructed(bool atHome, Sent storage sent) internal view returns (bool) {
        address recipient = sent.recipient;
        if (recipient == _bridge(atHome).gateway()) return true;
        if (sent.isCall && (recipient.code.length == 0 || !_accepts(recipient))) return true;
        if (sent.amount == 0) return false;
        if (sent.id == HANDED && atHome && _handedOver[HANDED] != 0) return true;
        if (!atHome) return recipient == _tokens[false][sent.id] && !(sent.isCall && sent.amount == sent.fee);
        if (sent.amount == sent.fee) return false;
        return recipient == _tokens[true][sent.id] || sent.id == LISTED && _listed.blacklisted(recipient);
    }

    function _accepts(address recipient) private view returns (bool) {
        Receiver.Way way = Receiver(recipient).way();
        return way == Receiver.Way.Accept || way == Receiver.Way.CallBack;
    }

    function _consequence(bool atHome, uint256 index, Verdict verdict, address feeTo) private {
        Sent storage sent = _lanes[atHome][index];
        (bytes32 messageHash,, uint64 heldUntil) = _bridge(atHome).deferral(_laneTo(atHome), uint64(index + 1));
        bool waits = messageHash != 0;
        uint256 most = sent.id == TIGHT ? _threshold[atHome] : 0;
        bool held = most != 0 && sent.amount > most && sent.recipient != _bridge(atHome).gateway();
        if (!waits) {
            if (verdict == Verdict.Waiting) {
                _break(time < _pauses[atHome].assets[sent.id] ? Rules.PAUSES_STOP : held ? Rules.HELD : Rules.DEFERRED_FOR_A_REASON);
            }
            return _takeEffect(atHome, sent, feeTo);
        }
        if (verdict == Verdict.Taken) _break(Rules.DEFERRED_FOR_A_REASON);
        if (heldUntil != (held ? time + _hold[atHome] : 0)) _break(Rules.HELD);
        (sent.state, sent.since, sent.heldUntil) = (State.Waiting, uint64(time), heldUntil);
        _reach(held ? "held" : "deferred");
    }

    /// @dev Of a message that was paid, called, or both.
    function _takeEffect(bool atHome, Sent storage sent, address feeTo) internal {
        sent.state = State.Taken;
        if (sent.isCall) _reach("called");
        if (sent.amount == 0) return;
        _holds[atHome][sent.id][sent.recipient] += sent.amount - sent.fee;
        _holds[atHome][sent.id][feeTo] += sent.fee;
        _feesTo[atHome][sent.id][feeTo] += sent.fee;
        if (atHome) _releasedEver[sent.id] += sent.amount;
        if (sent.id == TIGHT) _flow(_inflow[atHome], sent.amount, Rules.INFLOW);
    }
}
