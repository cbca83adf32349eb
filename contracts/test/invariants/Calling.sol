// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Call, Fees} from "../../src/interfaces/IBridge.sol";
import {ITransfers} from "../../src/interfaces/ITransfers.sol";
import {Rules} from "./Rules.sol";
import {Sending} from "./Sending.sol";

/// @notice Users who have a contract called at the other end, with tokens and without.
abstract contract Calling is Sending {
    function sendCall(bool atHome, uint256 asset, uint256 from, uint256 to, uint256 amount, uint256 fee) external on(atHome) {
        Sent memory sent;
        (sent.id, sent.sender, sent.isCall) = (_id(asset), _user(from), true);
        sent.recipient = to % 8 == 0 ? _user(to / 8) : address(_receivers[to % _receivers.length]);
        if (amount % 4 == 0) sent.id = 0;
        else if (!_fund(atHome, sent, amount)) return;
        Call memory call_ = Call(_chain(!atHome), sent.id, sent.sender, sent.recipient, sent.amount, 0, 100_000, hex"c0ffee");
        uint256 minimum = _leastOfCall(atHome, sent.id, call_);
        _choseFee(sent, minimum, fee);
        if (fee % 4 == 0) sent.fee = sent.amount; // a call alone
        call_.fee = sent.fee;
        sent.message = abi.encodePacked(
            uint8(3), sent.id, sent.recipient, sent.amount, sent.fee, sent.sender, uint32(100_000), uint24(3), hex"c0ffee"
        );
        if (!_submit(atHome, sent, minimum, abi.encodeCall(ITransfers.sendCall, (call_)))) return;
        _reach(sent.amount == 0 ? "call without tokens sent" : "call with tokens sent");
    }

    /// @dev Spends what somebody else has approved and not asked for.
    function sendInAnothersName(bool atHome, uint256 asset, uint256 whose) public on(atHome) {
        uint32 id = _id(asset);
        Call memory call_ = Call(_chain(!atHome), id, _user(whose), _user(whose), UNIT, 1e6, 100_000, "");
        (bool done,) = _try(_stranger, address(_bridge(atHome)), 0, abi.encodeCall(ITransfers.sendCall, (call_)));
        if (done) _break(Rules.OWN_NAME);
        // Not the stranger's tokens either: whose they are is not asked before whether the call is allowed.
        call_.assetId = 0;
        (call_.amount, call_.fee) = (0, 0);
        (done,) = _try(_stranger, address(_bridge(atHome)), 0, abi.encodeCall(ITransfers.sendCall, (call_)));
        if (done) _break(Rules.OWN_NAME);
        _reach("another's name refused");
    }

    function _leastOfCall(bool atHome, uint32 id, Call memory call_) private view returns (uint256) {
        Fees memory least = _fees[atHome][id];
        return least.callBase + uint256(least.callPerGas) * call_.gasLimit + uint256(least.callPerByte) * call_.payload.length;
    }
}
