// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificate} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {AttackWorld} from "../support/AttackWorld.sol";
import {NoReturnToken} from "../tokens/StrangeTokens.sol";

/// @notice Attacks 63 and 64: paid and paid back, and sequences with holes.
contract LaneOrderTest is AttackWorld {
    NoReturnToken private token;
    bytes private stuck;

    function setUp() public override {
        super.setUp();
        token = new NoReturnToken();
        _stock(address(token));
        token.setBlacklisted(bob, true);
        stuck = abi.encodePacked(uint8(2), OTHER, bob, uint128(5 ether), uint128(1 ether), alice);
        _deliver(_home(), _away(), stuck);
        token.setBlacklisted(bob, false);
    }

    function test_Attack_63_RefundAfterRetry() public {
        home.retry(_awayToHome(), 1, stuck);
        _wait(7 days);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.NotDeferred.selector, _awayToHome(), 1));
        home.refund(_awayToHome(), 1, stuck);
        assertEq(token.balanceOf(bob), 4 ether);
        assertEq(home.asset(OTHER).locked, 95 ether);
    }

    function test_Attack_63_RetryAfterRefund() public {
        vm.prank(bob);
        home.refund(_awayToHome(), 1, stuck);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.NotDeferred.selector, _awayToHome(), 1));
        home.retry(_awayToHome(), 1, stuck);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.NotDeferred.selector, _awayToHome(), 1));
        home.refund(_awayToHome(), 1, stuck);
        assertEq(token.balanceOf(bob), 0);
        assertEq(home.asset(OTHER).locked, 100 ether); // it turned round, and is still owed over there
        (, bytes32 id) = home.outbound(AWAY);
        bytes32 before = _fold(_homeToAway(), _message(OTHER, alice, 100 ether, 0));
        assertEq(id, _fold(before, _message(OTHER, alice, 5 ether, 1 ether)));
    }

    /// @dev A source pays nothing back by itself, however long nothing is delivered: only the destination knows.
    function test_Attack_63_RefundByTimeAlone() public {
        _wait(3650 days);
        bytes memory sent = _message(OTHER, alice, 100 ether, 0);
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.NotDeferred.selector, _awayToHome(), 2));
        home.refund(_awayToHome(), 2, sent);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLaneId.selector, _homeToAway()));
        home.refund(_homeToAway(), 1, sent);
        vm.stopPrank();
        assertEq(home.asset(OTHER).locked, 100 ether);
    }

    /// @dev The recipient decides at once, everybody else after a week, and the amount goes to the sender whoever asks.
    function test_Attack_63_RefundByAStranger() public {
        uint64 from = _now() + 7 days;
        vm.prank(mallory);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.RefundTooEarly.selector, from));
        home.refund(_awayToHome(), 1, stuck);
        vm.warp(from);
        vm.prank(mallory);
        home.refund(_awayToHome(), 1, stuck);
        assertEq(token.balanceOf(mallory), 0);
    }

    function testFuzz_Attack_64_SequencesHaveNoGaps(uint128[12] memory amounts) public {
        (uint64 sequence, bytes32 rollingHash) = home.outbound(AWAY);
        token.mint(alice, 1000);
        vm.startPrank(alice);
        token.approve(address(home), 1000);
        for (uint256 i; i < 12; ++i) {
            amounts[i] %= 300; // 0 is refused, and so is what she no longer has
            try home.send(AWAY, OTHER, alice, amounts[i], 0) returns (uint64 given, bytes32 id) {
                rollingHash = _fold(rollingHash, _message(OTHER, alice, amounts[i], 0));
                assertEq(given, ++sequence);
                assertEq(id, rollingHash);
            } catch {}
            (uint64 stored, bytes32 hash) = home.outbound(AWAY);
            assertEq(stored, sequence);
            assertEq(hash, rollingHash);
        }
        vm.stopPrank();
    }

    function test_Attack_64_SkippedSequence() public {
        bytes memory message = _message(OTHER, carol, 1 ether, 0);
        bytes32 id = _fold(home.inbound(AWAY), message);
        Certificate memory certificate = _quorum(HOME, home, _awayToHome(), 2, id);
        for (uint64 first; first < 5; ++first) {
            if (first == 2) continue;
            _expectNobodySigned(certificate, _digest(HOME, address(home), 1, _awayToHome(), first, id));
            home.deliver(_awayToHome(), first, message, certificate);
        }
        home.deliver(_awayToHome(), 2, message, certificate);
    }

    /// @dev A count of 64 bits ends after 584,942 years of a million messages a second. Up to there it goes on by one.
    function test_Attack_64_LastSequences() public {
        vm.record();
        home.outbound(AWAY);
        (bytes32[] memory read,) = vm.accesses(address(home));
        uint256 word = uint256(vm.load(address(home), read[0]));
        word = word & ~(uint256(type(uint64).max) << 32) | uint256(type(uint64).max - 1) << 32;
        vm.store(address(home), read[0], bytes32(word));
        token.mint(alice, 1);
        vm.startPrank(alice);
        token.approve(address(home), 1);
        (uint64 sequence,) = home.send(AWAY, OTHER, alice, 1, 0);
        vm.stopPrank();
        assertEq(sequence, type(uint64).max);
    }
}
