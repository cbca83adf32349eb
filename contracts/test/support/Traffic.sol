// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {BridgedToken} from "../../src/BridgedToken.sol";
import {Certificate, Mode} from "../../src/interfaces/IBridge.sol";
import {NoReturnToken} from "../tokens/StrangeTokens.sol";
import {World} from "./World.sol";

/// @notice Users, executors and a token with a blacklist, as an invariant test drives them. It keeps its own books and asks
/// the contracts for theirs.
contract Traffic is World {
    struct Sent {
        bytes message;
        uint32 assetId;
        address recipient;
        uint128 amount;
        uint128 fee;
    }

    uint32 private constant PLAIN = 1;
    uint32 private constant LISTED = 2;

    Sent[] private _toAway;
    Sent[] private _toHome;
    mapping(bool toAway => uint256) private _delivered;
    mapping(uint32 => uint256) public donated;
    mapping(bool toAway => mapping(uint32 => mapping(address => uint256))) private _paid; // what effects should have paid out
    mapping(bool toAway => mapping(uint32 => mapping(address => uint256))) private _spent;

    address[] private _users;
    mapping(uint32 => address) private _original;
    mapping(uint32 => address) private _wrapped;

    constructor() {
        _makeWorld(4);
        _original[PLAIN] = address(new NoReturnToken());
        _original[LISTED] = address(new NoReturnToken());
        for (uint32 id = 1; id <= 2; ++id) {
            BridgedToken token = _newBridgedToken(address(manager), address(away), "Wrapped", "WRP", 18);
            token.setBridge(address(away), true);
            _wrapped[id] = address(token);
            vm.chainId(HOME);
            home.registerAsset(id, _original[id], Mode.Lock);
            home.setMinimumFee(id, AWAY, 1);
            vm.chainId(AWAY);
            away.registerAsset(id, address(token), Mode.Mint);
            away.setMinimumFee(id, HOME, 1);
        }
        for (uint256 i; i < 3; ++i) {
            _users.push(makeAddr(string.concat("user ", vm.toString(i))));
        }
    }

    function sendFromHome(uint32 id, uint256 from, uint256 to, uint128 amount, uint128 fee) external {
        (id, amount, fee) = _bounded(id, amount, fee, type(uint96).max);
        address user = _user(from);
        NoReturnToken token = NoReturnToken(_original[id]);
        token.mint(user, amount);
        vm.chainId(HOME);
        vm.startPrank(user);
        token.approve(address(home), amount);
        home.send(AWAY, id, _user(to), amount, fee);
        vm.stopPrank();
        _record(_toAway, id, user, _user(to), amount, fee);
    }

    function sendFromAway(uint32 id, uint256 from, uint256 to, uint128 amount, uint128 fee) external {
        id = 1 + id % 2;
        address user = _user(from);
        uint256 balance = BridgedToken(_wrapped[id]).balanceOf(user);
        if (balance == 0) return;
        (, amount, fee) = _bounded(id, amount, fee, uint128(balance));
        vm.chainId(AWAY);
        vm.prank(user);
        away.send(HOME, id, _user(to), amount, fee);
        _spent[true][id][user] += amount;
        _record(_toHome, id, user, _user(to), amount, fee);
    }

    /// @dev The next few messages of a lane, as one batch.
    function deliver(bool toAway, uint256 count) external {
        Sent[] storage lane = toAway ? _toAway : _toHome;
        uint256 open = lane.length - _delivered[toAway];
        if (open == 0) return;
        bytes[] memory messages = new bytes[](bound(count, 1, open < 7 ? open : 7));
        for (uint256 i; i < messages.length; ++i) {
            messages[i] = lane[_delivered[toAway] + i].message;
        }
        if (toAway) _deliver(_away(), _home(), messages);
        else _deliver(_home(), _away(), messages);
        for (uint256 i; i < messages.length; ++i) {
            Sent storage sent = lane[_delivered[toAway] + i];
            if (!_isDeferred(toAway, _delivered[toAway] + i)) _expectPaid(toAway, sent, deliverer);
        }
        _delivered[toAway] += messages.length;
    }

    function retry(bool toAway, uint256 which) external {
        if (_delivered[toAway] == 0) return;
        which %= _delivered[toAway];
        if (!_isDeferred(toAway, which)) return;
        Sent storage sent = (toAway ? _toAway : _toHome)[which];
        vm.chainId(toAway ? AWAY : HOME);
        if (NoReturnToken(_original[sent.assetId]).blacklisted(sent.recipient)) vm.expectRevert();
        else _expectPaid(toAway, sent, address(this));
        if (toAway) away.retry(HOME, uint64(which + 1), sent.message);
        else home.retry(AWAY, uint64(which + 1), sent.message);
    }

    function setBlacklisted(uint256 who, bool value) external {
        NoReturnToken(_original[LISTED]).setBlacklisted(_user(who), value);
    }

    function donate(uint32 id, uint96 amount) external {
        id = 1 + id % 2;
        NoReturnToken(_original[id]).mint(address(home), amount);
        donated[id] += amount;
    }

    function locked(uint32 id) external view returns (uint256) {
        return home.asset(id).locked;
    }

    function vault(uint32 id) external view returns (uint256) {
        return NoReturnToken(_original[id]).balanceOf(address(home));
    }

    function minted(uint32 id) external view returns (uint256) {
        return BridgedToken(_wrapped[id]).totalSupply();
    }

    function inFlight(uint32 id) external view returns (uint256 total) {
        for (uint256 i = _delivered[true]; i < _toAway.length; ++i) {
            if (_toAway[i].assetId == id) total += _toAway[i].amount;
        }
        for (uint256 i = _delivered[false]; i < _toHome.length; ++i) {
            if (_toHome[i].assetId == id) total += _toHome[i].amount;
        }
    }

    function waiting(uint32 id) external view returns (uint256 total) {
        for (uint256 i; i < _delivered[true]; ++i) {
            if (_toAway[i].assetId == id && _isDeferred(true, i)) total += _toAway[i].amount;
        }
        for (uint256 i; i < _delivered[false]; ++i) {
            if (_toHome[i].assetId == id && _isDeferred(false, i)) total += _toHome[i].amount;
        }
    }

    /// @dev Both ends have folded exactly the messages that were sent, in order.
    function checkLane(bool toAway) external view {
        Sent[] storage lane = toAway ? _toAway : _toHome;
        bytes32 rollingHash = toAway ? _homeToAway() : _awayToHome();
        (uint64 inboundSequence, bytes32 inboundHash) = toAway ? away.inbound(HOME) : home.inbound(AWAY);
        (uint64 outboundSequence, bytes32 outboundHash) = toAway ? home.outbound(AWAY) : away.outbound(HOME);
        assertEq(outboundSequence, lane.length);
        assertEq(inboundSequence, _delivered[toAway]);
        for (uint256 i; i <= lane.length; ++i) {
            if (i == inboundSequence) assertEq(inboundHash, rollingHash);
            if (i < lane.length) rollingHash = _fold(rollingHash, lane[i].message);
        }
        assertEq(outboundHash, rollingHash);
    }

    /// @dev Every account holds what the effects that were taken should have paid to it, less what it sent on.
    function checkEffects(bool toAway) external view {
        for (uint32 id = 1; id <= 2; ++id) {
            for (uint256 i; i < _users.length + 2; ++i) {
                address account = i < _users.length ? _users[i] : i == _users.length ? deliverer : address(this);
                uint256 balance = toAway
                    ? BridgedToken(_wrapped[id]).balanceOf(account)
                    : NoReturnToken(_original[id]).balanceOf(account);
                assertEq(balance, _paid[toAway][id][account] - _spent[toAway][id][account]);
            }
        }
    }

    function _expectPaid(bool toAway, Sent storage sent, address feeTo) private {
        _paid[toAway][sent.assetId][sent.recipient] += sent.amount - sent.fee;
        _paid[toAway][sent.assetId][feeTo] += sent.fee;
    }

    function _isDeferred(bool toAway, uint256 index) private view returns (bool) {
        return (toAway ? away.deferred(HOME, uint64(index + 1)) : home.deferred(AWAY, uint64(index + 1))) != 0;
    }

    function _record(Sent[] storage lane, uint32 id, address from, address to, uint128 amount, uint128 fee) private {
        bytes memory message = from == to
            ? abi.encodePacked(uint8(1), id, to, amount, fee)
            : abi.encodePacked(uint8(2), id, to, amount, fee, from);
        lane.push(Sent(message, id, to, amount, fee));
    }

    function _bounded(uint32 id, uint128 amount, uint128 fee, uint128 most) private pure returns (uint32, uint128, uint128) {
        amount = uint128(bound(amount, 1, most));
        return (1 + id % 2, amount, uint128(bound(fee, 1, amount)));
    }

    function _user(uint256 seed) private view returns (address) {
        return _users[seed % _users.length];
    }
}
