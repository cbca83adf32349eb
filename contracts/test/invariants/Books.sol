// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Fees, IBridge} from "../../src/interfaces/IBridge.sol";
import {NoReturnToken} from "../tokens/StrangeTokens.sol";
import {World} from "../support/World.sol";
import {Receiver} from "./Receiver.sol";
import {Rules} from "./Rules.sol";
import {Successor} from "../tokens/WrappedCoin.sol";

/// @notice What should be true, kept beside the contracts by those who act upon them. `atHome` names one of the two chains;
/// a lane goes by the chain that it leads to.
abstract contract Books is World {
    /// @dev What a message can be: under way, taken effect, deferred, or sent back by a refund.
    enum State {
        Flying,
        Taken,
        Waiting,
        Returned
    }

    struct Sent {
        bytes message;
        uint32 id;
        bool isCall;
        State state;
        address sender;
        address recipient;
        uint128 amount;
        uint128 fee;
        uint128 minimum; // when it was sent
        uint64 since;
        uint64 heldUntil;
    }

    struct Pauses {
        uint64 everything;
        uint64 lane;
        mapping(uint32 id => uint64) assets;
    }

    uint32 internal constant PLAIN = 1;
    uint32 internal constant LISTED = 2; // has a blacklist
    uint32 internal constant CAPPED = 3; // has an outbound limit
    uint32 internal constant TIGHT = 4; // has inbound limits that are soon used up, and a threshold
    uint32 internal constant COIN = 5; // the home chain's own
    uint32 internal constant HANDED = 6; // moves to another Bridge one day
    uint32 internal constant LAST = 6;
    uint128 internal constant UNIT = 2 ** 60;

    uint256 public time = 1_800_000_000;
    /// @dev Bit n for I-n.
    uint256 public broken;
    mapping(string what => uint256) public reached;

    mapping(bool atHome => mapping(uint32 id => address)) internal _tokens;
    mapping(bool atHome => mapping(uint32 id => mapping(address account => uint256))) internal _holds;
    mapping(bool atHome => mapping(uint32 id => mapping(address account => uint256))) internal _feesTo;
    mapping(bool atHome => mapping(uint32 id => Fees)) internal _fees;
    mapping(bool atHome => Pauses) internal _pauses;
    mapping(bool atHome => bytes32) internal _seals;

    mapping(bool toHome => Sent[]) internal _lanes;
    mapping(bool toHome => bytes32[]) internal _hashes; // one more than messages: it begins with the lane's id
    mapping(bool toHome => uint256) internal _delivered;

    mapping(uint32 id => uint256) internal _lockedEver;
    mapping(uint32 id => uint256) internal _releasedEver;
    mapping(uint32 id => uint256) internal _handedOver;
    /// @dev Of HANDED: when it may be handed over; 0 where that is not announced.
    uint256 internal _handoverAt;

    NoReturnToken internal _listed;
    address[] internal _users;
    Receiver[] internal _receivers;
    address[] internal _executors;
    address[] internal _accounts; // all of these and whoever else may hold something, without the Bridges
    address internal _guardian = makeAddr("guardian");
    address internal _oracle = makeAddr("fee oracle");
    address internal _stranger = makeAddr("stranger");
    address internal _successor = address(new Successor());

    /// @dev The clock and the chain do not outlive a call of the fuzzer's.
    modifier on(bool atHome) {
        _enter(atHome);
        _;
    }

    function _enter(bool atHome) internal {
        vm.warp(time);
        vm.chainId(_chain(atHome));
    }

    function _chain(bool atHome) internal pure returns (uint256) {
        return atHome ? HOME : AWAY;
    }

    function _bridge(bool atHome) internal view returns (IBridge) {
        return atHome ? home : away;
    }

    function _laneTo(bool toHome) internal view returns (bytes32) {
        return _hashes[toHome][0];
    }

    function _id(uint256 seed) internal pure returns (uint32) {
        return uint32(1 + seed % LAST);
    }

    function _user(uint256 seed) internal view returns (address) {
        return _users[seed % _users.length];
    }

    function _executor(uint256 seed) internal view returns (address) {
        return _executors[seed % _executors.length];
    }

    function _break(uint256 rule) internal {
        broken |= 1 << rule;
    }

    function _reach(string memory what) internal {
        ++reached[what];
    }

    /// @dev Calls as somebody else, and tells what came of it.
    function _try(address as_, address target, uint256 value, bytes memory input) internal returns (bool done, bytes4 why) {
        bytes memory returned;
        vm.prank(as_);
        (done, returned) = target.call{value: value, gas: 40_000_000}(input);
        if (!done) why = bytes4(returned);
    }

    /// @param expected the error that it must fail with, or 0
    /// @param possible an error that it may fail with
    function _judge(bool done, bytes4 why, bytes4 expected, bytes4 possible) internal {
        if (done && expected != 0) _break(Rules.guardedBy(expected));
        if (done || why == possible && possible != 0) return;
        if (why != expected || why == 0) _break(Rules.NOTHING_ELSE_IS_REFUSED);
    }

    /// @dev forge's own assertions call a cheat code each, and there are some thousand after every action.
    function _check(bool holds, string memory rule) internal pure {
        if (!holds) assertTrue(false, rule);
    }

    function _same(uint256 left, uint256 right, string memory rule) internal pure {
        if (left != right) assertEq(left, right, rule);
    }

    function _same(bytes32 left, bytes32 right, string memory rule) internal pure {
        if (left != right) assertEq(left, right, rule);
    }
}
