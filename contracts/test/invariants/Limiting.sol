// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit} from "../../src/Meters.sol";
import {IBridgedToken} from "../../src/interfaces/IBridgedToken.sol";
import {Pausing} from "./Pausing.sol";
import {Rules} from "./Rules.sol";

/// @notice The admin sets limits and holds.
abstract contract Limiting is Pausing {
    Limit internal _announced;
    uint256 internal _announcedAt; // 0 where nothing is

    function setInboundLimit(uint256 capacity, uint256 period) public on(true) {
        Limit memory limit = _limit(capacity, period);
        (Limit memory before, uint256 had) = home.inboundLimit(TIGHT);
        home.setInboundLimit(TIGHT, limit);
        (, uint256 has) = home.inboundLimit(TIGHT);
        _isNotRefilled(before.capacity, had, limit.capacity, has);
        _relimit(_inflow[true], limit);
        _seal(true);
        _reach("inbound limit set");
    }

    function setOutboundLimit(bool atHome, uint256 capacity, uint256 period) public on(atHome) {
        Limit memory limit = _limit(capacity, period);
        (Limit memory before, uint256 had) = _bridge(atHome).outboundLimit(CAPPED);
        _bridge(atHome).setOutboundLimit(CAPPED, limit);
        (, uint256 has) = _bridge(atHome).outboundLimit(CAPPED);
        if (limit.capacity != 0) _isNotRefilled(before.capacity, had, limit.capacity, has);
        // What is sent without a limit is not counted, so no window reaches across.
        if (limit.capacity == 0) delete _outflow[atHome];
        _relimit(_outflow[atHome], limit);
        _seal(atHome);
        _reach(limit.capacity == 0 ? "outbound limit ended" : "outbound limit set");
    }

    function lowerMintLimit(uint256 capacity, uint256 period) public on(false) {
        IBridgedToken token = IBridgedToken(_tokens[false][TIGHT]);
        Limit memory limit = _limit(capacity, period);
        if (limit.capacity == 0) return; // ends the right to burn, too
        (Limit memory before, uint256 had) = away.inboundLimit(TIGHT);
        bool lower = limit.capacity <= before.capacity && limit.period >= before.period;
        (bool done, bytes4 why) = _try(address(this), address(token), 0, abi.encodeCall(token.lowerBridge, (address(away), limit)));
        _judge(done, why, lower ? bytes4(0) : IBridgedToken.NotLower.selector, 0);
        if (done) _mintLimitIs(limit, before, had);
        _reach(lower ? "mint limit lowered" : "higher mint limit refused");
    }

    /// @dev Announces one, or sets what was announced as soon as that is allowed.
    function raiseMintLimit(uint256 capacity, uint256 period) public on(false) {
        IBridgedToken token = IBridgedToken(_tokens[false][TIGHT]);
        if (_announcedAt == 0 && period % 2 == 0) {
            _announced = _limit(capacity, period);
            if (_announced.capacity == 0) _announced.capacity = UNIT;
            token.announceBridge(address(away), _announced);
            _announcedAt = time;
            return _seal(false);
        }
        (Limit memory before, uint256 had) = away.inboundLimit(TIGHT);
        (bool done, bytes4 why) = _try(address(this), address(token), 0, abi.encodeCall(token.setBridge, (address(away))));
        bytes4 expected = _announcedAt == 0
            ? IBridgedToken.NotAnnounced.selector
            : time < _announcedAt + 7 days ? IBridgedToken.AnnouncedTooLate.selector : bytes4(0);
        _judge(done, why, expected, 0);
        _reach(expected == 0 ? "announced mint limit set" : "mint limit not set yet");
        if (!done) return;
        _announcedAt = 0;
        _mintLimitIs(_announced, before, had);
    }

    function setHold(bool atHome, uint256 threshold_, uint256 hold) public on(atHome) {
        _threshold[atHome] = uint128(_bound(threshold_, 0, 150)) * UNIT;
        _hold[atHome] = uint24(_bound(hold, 0, 2 days));
        _bridge(atHome).setHold(TIGHT, _threshold[atHome], _hold[atHome]);
        _seal(atHome);
        _reach("hold set");
    }

    function _mintLimitIs(Limit memory limit, Limit memory before, uint256 had) private {
        (, uint256 has) = away.inboundLimit(TIGHT);
        _isNotRefilled(before.capacity, had, limit.capacity, has);
        _relimit(_inflow[false], limit);
        _seal(false);
    }

    /// @dev What was missing is missing still, and a bucket that was none is empty.
    function _isNotRefilled(uint256 before, uint256 had, uint256 capacity, uint256 has) private {
        uint256 missing = before == 0 ? capacity : before - had;
        if (has > (missing < capacity ? capacity - missing : 0)) _break(Rules.LIMITS_NEVER_REFILL);
    }

    function _limit(uint256 capacity, uint256 period) private pure returns (Limit memory) {
        capacity = capacity % 6 == 0 ? 0 : _bound(capacity, 1, 400);
        return Limit(uint128(capacity) * UNIT, uint32(_bound(period, 1 hours, 4 days)));
    }
}
