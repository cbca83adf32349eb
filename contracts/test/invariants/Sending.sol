// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Fees} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {ITransfers} from "../../src/interfaces/ITransfers.sol";
import {NoReturnToken} from "../tokens/StrangeTokens.sol";
import {Rules} from "./Rules.sol";
import {Scene} from "./Scene.sol";

/// @notice Users who send: kinds 1 and 2 here, kind 3 in Calling.
abstract contract Sending is Scene {
    function send(bool atHome, uint256 asset, uint256 from, uint256 to, uint256 amount, uint256 fee) external on(atHome) {
        Sent memory sent;
        (sent.id, sent.sender) = (_id(asset), _user(from));
        sent.recipient = _recipient(atHome, to);
        if (!_fund(atHome, sent, amount)) return;
        Fees memory least = _fees[atHome][sent.id];
        uint256 minimum = sent.sender == sent.recipient ? least.transfer : least.transferTo;
        _choseFee(sent, minimum, fee);
        sent.message = sent.sender == sent.recipient
            ? abi.encodePacked(uint8(1), sent.id, sent.recipient, sent.amount, sent.fee)
            : abi.encodePacked(uint8(2), sent.id, sent.recipient, sent.amount, sent.fee, sent.sender);
        bytes memory input = abi.encodeCall(ITransfers.send, (_chain(!atHome), sent.id, sent.recipient, sent.amount, sent.fee));
        if (_submit(atHome, sent, minimum, input)) _reach(atHome ? "sent from home" : "sent from away");
    }

    /// @dev Value that does not match what is sent, in a message that would be good otherwise.
    function sendWithWrongValue(uint256 asset, uint256 from, uint256 value) public on(true) {
        uint32 id = _id(asset);
        Sent memory sent;
        (sent.id, sent.sender) = (id, _user(from));
        _fund(true, sent, 5 * UNIT);
        value = _bound(value, 1, 4 * UNIT);
        if (id != COIN) vm.deal(sent.sender, sent.sender.balance + value);
        bytes memory input = abi.encodeCall(ITransfers.send, (AWAY, id, sent.sender, sent.amount, 10_000));
        (bool done,) = _try(sent.sender, address(home), value, input);
        if (done) _break(Rules.VALUE);
        else if (id != COIN) vm.deal(sent.sender, sent.sender.balance - value);
        _reach("wrong value");
    }

    /// @dev Sends, or is refused as the books say. What was sent is written down.
    function _submit(bool atHome, Sent memory sent, uint256 minimum, bytes memory input) internal returns (bool done) {
        bytes4 expected = _refusal(atHome, sent.id);
        if (expected == 0 && _isClosed(atHome, sent.id)) expected = IBridgeErrors.MinimumFeeNotSet.selector;
        if (expected == 0 && sent.fee < minimum) expected = IBridgeErrors.FeeTooLow.selector;
        bytes4 why;
        (done, why) = _try(sent.sender, address(_bridge(atHome)), sent.id == COIN && atHome ? sent.amount : 0, input);
        _judge(done, why, expected, sent.id == CAPPED ? IBridgeErrors.OutboundLimitExceeded.selector : bytes4(0));
        if (why == IBridgeErrors.OutboundLimitExceeded.selector) _reach("outbound limit exceeded");
        if (why == IBridgeErrors.FeeTooLow.selector) _reach("fee too low");
        if (!done) return false;
        if (sent.amount != 0) _holds[atHome][sent.id][sent.sender] -= sent.amount;
        if (atHome) _lockedEver[sent.id] += sent.amount;
        sent.minimum = uint128(minimum);
        _record(atHome, sent);
    }

    /// @dev Of a message that left a chain, however it did.
    function _record(bool atHome, Sent memory sent) internal {
        bool toHome = !atHome;
        _lanes[toHome].push(sent);
        bytes32[] storage hashes = _hashes[toHome];
        hashes.push(_fold(hashes[hashes.length - 1], sent.message));
        bool limited = sent.id == CAPPED && sent.amount != 0 && _outflow[atHome].limit.capacity != 0;
        if (limited) _flow(_outflow[atHome], sent.amount, Rules.OUTFLOW);
    }

    /// @dev Why a send and a refund are refused whatever they say; 0 where they are not.
    function _refusal(bool atHome, uint32 id) internal view returns (bytes4) {
        bytes4 error = _laneRefusal(atHome);
        if (error == 0 && time < _pauses[atHome].assets[id]) error = IBridgeErrors.AssetIsPaused.selector;
        return error;
    }

    function _laneRefusal(bool atHome) internal view returns (bytes4) {
        if (time < _pauses[atHome].everything) return IBridgeErrors.EverythingIsPaused.selector;
        if (time < _pauses[atHome].lane) return IBridgeErrors.LaneIsPaused.selector;
        return 0;
    }

    function _isClosed(bool atHome, uint32 id) internal view returns (bool) {
        return atHome && id == HANDED && _handoverAt != 0;
    }

    /// @dev Away, users send what they have. At home they find what they need.
    function _fund(bool atHome, Sent memory sent, uint256 amount) internal returns (bool) {
        (address token, address who) = (_tokens[atHome][sent.id], sent.sender);
        if (!atHome) {
            uint256 most = _holds[false][sent.id][who];
            sent.amount = uint128(_bound(amount, most == 0 ? 0 : 1, most));
            return most != 0;
        }
        sent.amount = uint128(_bound(amount, 1, 200 * UNIT));
        _holds[true][sent.id][who] += sent.amount;
        if (sent.id == COIN) {
            vm.deal(who, who.balance + sent.amount);
            return who.balance >= sent.amount;
        }
        NoReturnToken(token).mint(who, sent.amount);
        vm.prank(who);
        NoReturnToken(token).approve(address(home), type(uint256).max);
        return true;
    }

    function _choseFee(Sent memory sent, uint256 minimum, uint256 fee) internal pure {
        fee = _bound(fee, minimum - minimum / 8, 2 * minimum);
        sent.fee = fee < sent.amount ? uint128(fee) : sent.amount;
    }

    /// @dev Users and receivers mostly, and what only the destination knows that it must not pay.
    function _recipient(bool atHome, uint256 seed) internal view returns (address) {
        uint256 kind = seed % 16;
        if (kind == 0) return _bridge(!atHome).gateway();
        if (kind == 1) return _tokens[!atHome][_id(seed / 16)];
        if (kind < 5) return address(_receivers[seed % _receivers.length]);
        return _user(seed / 16);
    }
}
