// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit} from "../../src/Meters.sol";
import {IBridgedToken} from "../../src/interfaces/IBridgedToken.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {AttackWorld} from "../support/AttackWorld.sol";

/// @notice Attacks 44 and 45: round the token buckets, and by means of them. 100 of the asset are locked, 10 may leave in an hour.
contract LimitsTest is AttackWorld {
    uint128 private constant UNIT = 1 << 60; // a bucket keeps it exactly
    uint128 private constant CAPACITY = 10 * UNIT;
    uint32 private constant PERIOD = 1 hours;

    function setUp() public override {
        super.setUp();
        _lock(alice, 100 * UNIT, MINIMUM);
        vm.chainId(HOME);
        home.setInboundLimit(ASSET, Limit(CAPACITY, PERIOD));
    }

    function _released() private view returns (uint256) {
        return 100 * UNIT - home.asset(ASSET).locked;
    }

    function test_Attack_44_SplitTransfers() public {
        bytes[] memory many = new bytes[](30);
        for (uint256 i; i < 30; ++i) {
            many[i] = _transfer(mallory, UNIT / 2, 0);
        }
        _deliver(_home(), _away(), many);
        assertEq(_released(), CAPACITY); // twenty of them
        assertEq(original.balanceOf(mallory), CAPACITY);
        _assertDeferred(21, many[0]);
    }

    /// @dev However deliveries are cut and timed, never more than a bucket and what has flowed in since.
    function testFuzz_Attack_44_NeverMoreThanCapacityAndRate(uint96[12] memory amounts, uint16[12] memory waits) public {
        uint256 start = _now();
        for (uint256 i; i < 12; ++i) {
            _wait(waits[i] % 1500);
            _deliver(_home(), _away(), _transfer(mallory, uint128(bound(amounts[i], 1, 11 * UNIT)), 0));
            assertLe(_released(), CAPACITY + CAPACITY * (_now() - start) / PERIOD);
        }
    }

    function test_Attack_44_EdgesOfTime() public {
        _deliver(_home(), _away(), _transfer(mallory, CAPACITY, 0));
        bytes memory one = _transfer(mallory, UNIT, 0);
        uint64 passesAt = home.passesAt(ASSET, UNIT);
        assertEq(passesAt, _now() + 6 minutes);
        vm.warp(passesAt - 1);
        _deliverDeferred(one, abi.encodeWithSelector(IBridgeErrors.InboundLimitExceeded.selector, ASSET, UNIT, passesAt));
        vm.warp(passesAt);
        _deliver(_home(), _away(), one);
        assertEq(_released(), 11 * UNIT);
        // A bucket that nobody takes from for a century holds its capacity, and no more.
        _wait(36_500 days);
        (, uint256 available) = home.inboundLimit(ASSET);
        assertEq(available, CAPACITY);
    }

    function test_Attack_44_ChangeOfTheLimitFillsNoBucket() public {
        _deliver(_home(), _away(), _transfer(mallory, CAPACITY, 0));
        home.setInboundLimit(ASSET, Limit(CAPACITY, PERIOD));
        assertEq(_available(), 0);
        home.setInboundLimit(ASSET, Limit(0, PERIOD));
        home.setInboundLimit(ASSET, Limit(CAPACITY, PERIOD)); // off and on again
        assertEq(_available(), 0);
        home.setInboundLimit(ASSET, Limit(3 * CAPACITY, PERIOD)); // what is added is there, what was taken is not
        assertLe(_available(), 2 * CAPACITY);
        home.setInboundLimit(ASSET, Limit(CAPACITY, 1));
        _wait(1);
        assertEq(_available(), CAPACITY);
        vm.expectRevert(abi.encodeWithSignature("PeriodZero()"));
        home.setInboundLimit(ASSET, Limit(CAPACITY, 0));
    }

    function _available() private view returns (uint256 available) {
        (, available) = home.inboundLimit(ASSET);
    }

    /// @dev What comes in makes no room for what goes out, so a round trip drains a bucket and fills none.
    function test_Attack_44_DirectionsAreNotNetted() public {
        _deliver(_home(), _away(), _transfer(mallory, CAPACITY, 0));
        _lock(mallory, 50 * UNIT, MINIMUM);
        assertEq(_available(), 0);
        home.setOutboundLimit(ASSET, Limit(CAPACITY, PERIOD)); // starts empty
        original.mint(alice, UNIT);
        vm.startPrank(alice);
        original.approve(address(home), UNIT);
        vm.expectRevert(
            abi.encodeWithSelector(IBridgeErrors.OutboundLimitExceeded.selector, ASSET, UNIT, _now() + 6 minutes)
        );
        home.send(AWAY, ASSET, alice, UNIT, MINIMUM);
        vm.stopPrank();
    }

    function test_Attack_44_CallsCountToo() public {
        _deliver(_home(), _away(), _transfer(mallory, CAPACITY, 0));
        bytes memory call = _call(ASSET, mallory, UNIT, UNIT, mallory, 0, ""); // tokens that go to the deliverer as a fee
        _deliverDeferred(
            call,
            abi.encodeWithSelector(IBridgeErrors.InboundLimitExceeded.selector, ASSET, UNIT, _now() + 6 minutes)
        );
        assertEq(_released(), CAPACITY);
    }

    /// @dev The wrapped token counts for itself, in its own base units, whatever its decimals are.
    function test_Attack_44_LimitOfTheWrappedToken() public {
        wrapped.lowerBridge(address(away), Limit(CAPACITY, PERIOD));
        _deliver(_away(), _home(), _list(_transfer(mallory, 6 * UNIT, 0), _transfer(mallory, 6 * UNIT, 0)));
        assertEq(wrapped.totalSupply(), 6 * UNIT);
        assertEq(away.deferred(_homeToAway(), 2), keccak256(_transfer(mallory, 6 * UNIT, 0)));
        vm.prank(mallory);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.BridgeRefused.selector, mallory));
        wrapped.crosschainMint(alice, 1);
    }

    function test_Attack_45_BucketEmptiedByAnAttacker() public {
        _deliver(_home(), _away(), _transfer(mallory, CAPACITY, 0));
        bytes memory honest = _transfer(bob, 5 * UNIT, MINIMUM);
        uint64 passesAt = home.passesAt(ASSET, 5 * UNIT);
        _deliverDeferred(honest, abi.encodeWithSelector(IBridgeErrors.InboundLimitExceeded.selector, ASSET, 5 * UNIT, passesAt));
        vm.warp(passesAt);
        home.retry(_awayToHome(), 2, honest); // late, and whole
        assertEq(original.balanceOf(bob), 5 * UNIT - MINIMUM);
    }

    /// @dev One that no bucket will ever hold is not stuck either.
    function test_Attack_45_MoreThanTheBucketEverHolds() public {
        bytes memory huge = _transfer(bob, CAPACITY + UNIT, MINIMUM);
        _deliverDeferred(
            huge,
            abi.encodeWithSelector(IBridgeErrors.InboundLimitExceeded.selector, ASSET, CAPACITY + UNIT, type(uint64).max)
        );
        _setFee(home, ASSET, AWAY, MINIMUM);
        vm.prank(bob);
        home.refund(_awayToHome(), 1, huge);
        (uint64 sequence,) = home.outbound(AWAY);
        assertEq(sequence, 2);
    }
}
