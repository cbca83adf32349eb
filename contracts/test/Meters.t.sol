// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit, Meter, Meters} from "../src/Meters.sol";
import {MeterHarness} from "./support/MeterHarness.sol";
import {Test} from "forge-std/Test.sol";

/// @notice Times are those for which a meter is made: now and a period later are below 2^34 seconds, which is the year 2514.
contract MetersTest is Test {
    uint256 private constant END = 1 << 34;
    uint64 private constant NEVER = type(uint64).max;

    MeterHarness private bucket;

    function setUp() public {
        vm.warp(1_700_000_000);
        bucket = new MeterHarness();
    }

    /// @dev Capacities of every size, not only of the largest.
    function _limit(uint128 capacity, uint8 shift, uint32 period) private pure returns (Limit memory) {
        capacity >>= shift % 128;
        return Limit(capacity == 0 ? 1 : capacity, period == 0 ? 1 : period);
    }

    function _later(uint256 wait) private {
        vm.warp(vm.getBlockTimestamp() + wait);
    }

    function _capacity() private view returns (uint256) {
        return bucket.limit().capacity;
    }

    /// @dev Some of it is taken, some time passes.
    function _use(uint256 part, uint256 wait) private {
        bucket.take(bound(part, 0, _capacity()));
        _later(bound(wait, 0, bucket.limit().period));
    }

    function testFuzz_No_window_lets_more_pass_than_the_capacity_and_what_flows_in(
        uint128 capacity,
        uint8 shift,
        uint32 period,
        uint128[10] memory amounts,
        uint32[10] memory waits
    ) public {
        bucket.set(_limit(capacity, shift, period));
        (uint256 size, uint256 fill) = (_capacity(), bucket.limit().period);
        uint256[10] memory times;
        uint256[10] memory passed;
        for (uint256 i; i < 10; ++i) {
            // Large ones, small ones, and all that there is.
            uint256 amount = i % 3 == 0 ? bucket.available() : bound(amounts[i], 0, size >> (i % 4));
            if (bucket.take(amount)) passed[i] = amount;
            times[i] = vm.getBlockTimestamp();
            _later(bound(waits[i], 0, fill >> (i % 5)));
        }
        for (uint256 i; i < 10; ++i) {
            uint256 sum;
            for (uint256 j = i; j < 10; ++j) {
                sum += passed[j];
                assertLe(sum * fill, size * (fill + times[j] - times[i]));
            }
        }
    }

    function testFuzz_Many_small_ones_never_get_more_than_one_large_one(
        uint128 capacity,
        uint8 shift,
        uint32 period,
        uint256 used,
        uint256[6] memory parts
    ) public {
        MeterHarness other = new MeterHarness();
        bucket.set(_limit(capacity, shift, period));
        other.set(_limit(capacity, shift, period));
        used = bound(used, 0, _capacity());
        bucket.take(used);
        other.take(used);

        bool all = true;
        uint256 sum;
        for (uint256 i; i < 6; ++i) {
            uint256 part = bound(parts[i], 0, _capacity() / 5 + 1);
            sum += part;
            all = all && other.take(part);
        }
        bool whole = bucket.take(sum);
        if (all) assertTrue(whole, "what passes in parts passes whole");
        if (all) assertLe(other.available(), bucket.available());
    }

    function testFuzz_An_amount_passes_at_passesAt_and_not_a_second_before(
        uint128 capacity,
        uint8 shift,
        uint32 period,
        uint256 used,
        uint256 wait,
        uint256 amount
    ) public {
        bucket.set(_limit(capacity, shift, period));
        _use(used, wait);
        amount = bound(amount, 0, _capacity());
        uint64 at = bucket.passesAt(amount);
        assertLe(at, vm.getBlockTimestamp() + bucket.limit().period);
        if (at > vm.getBlockTimestamp()) {
            assertFalse(bucket.passes(amount));
            vm.warp(at - 1);
            assertFalse(bucket.passes(amount), "too early");
            assertEq(bucket.passesAt(amount), at, "waiting does not move it");
        }
        vm.warp(at);
        assertEq(bucket.passesAt(amount), at);
        assertTrue(bucket.take(amount), "at that time");
    }

    function testFuzz_More_than_the_capacity_never_passes(uint128 capacity, uint8 shift, uint32 period, uint160 amount) public {
        bucket.set(_limit(capacity, shift, period));
        uint256 more = bound(amount, _capacity() + 1, type(uint160).max);
        assertEq(bucket.passesAt(more), NEVER);
        assertFalse(bucket.take(more));
        _later(bucket.limit().period);
        assertFalse(bucket.take(more));
    }

    function testFuzz_What_is_available_passes_and_one_more_does_not(
        uint128 capacity,
        uint8 shift,
        uint32 period,
        uint256 used,
        uint256 wait
    ) public {
        bucket.set(_limit(capacity, shift, period));
        _use(used, wait);
        uint256 available = bucket.available();
        assertFalse(bucket.passes(available + 1));
        assertTrue(bucket.take(available));
        assertEq(bucket.available(), 0);
    }

    function testFuzz_An_empty_bucket_is_full_after_its_period_and_not_before(uint128 capacity, uint8 shift, uint32 period) public {
        bucket.set(_limit(capacity, shift, period));
        assertTrue(bucket.take(_capacity()));
        assertEq(bucket.available(), 0);
        _later(bucket.limit().period - 1);
        assertLt(bucket.available(), _capacity());
        _later(1);
        assertEq(bucket.available(), _capacity());
    }

    function test_A_first_limit_is_full_and_one_that_follows_a_limit_of_0_is_empty() public {
        bucket.set(Limit(1000, 100));
        assertEq(bucket.available(), 1000);
        bucket.set(Limit(0, 100));
        assertFalse(bucket.passes(0));
        assertEq(bucket.available(), 0);
        _later(1000);
        bucket.set(Limit(1000, 100));
        assertEq(bucket.available(), 0);
        assertEq(bucket.passesAt(10), vm.getBlockTimestamp() + 1);
        _later(50);
        assertEq(bucket.available(), 500);
    }

    function test_A_first_limit_of_0_counts_as_one() public {
        bucket.set(Limit(0, 1));
        bucket.set(Limit(1000, 100));
        assertEq(bucket.available(), 0);
    }

    function test_Nothing_passes_without_a_limit_or_with_one_of_0() public {
        for (uint256 i; i < 2; ++i) {
            for (uint256 amount; amount < 2; ++amount) {
                assertFalse(bucket.passes(amount));
                assertEq(bucket.passesAt(amount), NEVER);
            }
            bucket.set(Limit(0, 1));
        }
    }

    function test_A_period_of_0_is_refused() public {
        vm.expectRevert(Meters.PeriodZero.selector);
        bucket.set(Limit(1, 0));
    }

    function test_Another_limit_keeps_what_was_taken() public {
        bucket.set(Limit(1000, 100));
        bucket.take(600);
        bucket.set(Limit(800, 100));
        assertEq(bucket.available(), 200);
        bucket.set(Limit(500, 100)); // 100 more than it holds
        assertEq(bucket.available(), 0);
        assertEq(bucket.passesAt(5), vm.getBlockTimestamp() + 21);
        bucket.set(Limit(2000, 10));
        assertEq(bucket.available(), 1400);
    }

    /// @dev A limit that is lowered to almost nothing as a stop, and raised again.
    function test_A_limit_that_was_too_low_to_remember_what_was_taken_is_followed_by_an_empty_one() public {
        bucket.set(Limit(1e12, 1 days));
        bucket.take(5e11);
        bucket.set(Limit(1, 1 days));
        assertEq(bucket.available(), 0);
        assertEq(bucket.passesAt(1), END);
        bucket.set(Limit(1e12, 1 days));
        assertEq(bucket.available(), 0);
        _later(1 days);
        assertGt(bucket.available(), 1e12 - 3);
    }

    function testFuzz_No_change_of_limit_gives_back_what_was_taken(
        uint128[2] memory capacities,
        uint8[2] memory shifts,
        uint32[2] memory periods,
        uint256 used
    ) public {
        bucket.set(_limit(capacities[0], shifts[0], periods[0]));
        bucket.take(bound(used, 0, _capacity()));
        uint256 taken = _capacity() - bucket.available();
        for (uint256 i = 2; i > 0; --i) {
            bucket.set(_limit(capacities[i % 2], shifts[i % 2], periods[i - 1]));
            assertLe(bucket.available(), _capacity() > taken ? _capacity() - taken : 0);
        }
        _later(uint256(periods[0]) + 1);
        bucket.set(_limit(capacities[1], shifts[1], periods[1]));
        _later(uint256(periods[1]) + 1);
        if (_capacity() >= taken) assertEq(bucket.available(), _capacity(), "what was taken flows back");
    }

    function testFuzz_A_capacity_is_rounded_down_by_less_than_a_part_in_2_to_the_39(uint128 capacity, uint8 shift) public {
        capacity = _limit(capacity, shift, 1).capacity;
        bucket.set(Limit(capacity, 1));
        assertLe(_capacity(), capacity);
        assertLt((capacity - _capacity()) << 39, capacity);
        if (capacity < 1 << 40) assertEq(_capacity(), capacity);
        bucket.set(Limit(uint128(_capacity()), 1)); // what was rounded stays
        assertEq(bucket.available(), _capacity());
    }

    function test_The_greatest_capacity_is_40_bits_and_88_zeros() public {
        bucket.set(Limit(type(uint128).max, 1));
        assertEq(_capacity(), uint256(type(uint40).max) << 88);
    }

    function testFuzz_Both_extremes_of_capacity_period_and_time(uint8 which, uint256 amount) public {
        Limit memory limit = Limit(which & 1 == 0 ? 1 : type(uint128).max, which & 2 == 0 ? 1 : type(uint32).max);
        vm.warp(which & 4 == 0 ? 1 : END - limit.period - 1);
        bucket.set(limit);
        amount = bound(amount, 1, _capacity());
        assertEq(bucket.passesAt(amount), vm.getBlockTimestamp());
        assertTrue(bucket.take(amount));
        uint64 at = bucket.passesAt(_capacity());
        assertLe(at, vm.getBlockTimestamp() + limit.period);
        vm.warp(at - 1);
        assertFalse(bucket.passes(_capacity()));
        vm.warp(at);
        assertTrue(bucket.take(_capacity()));
    }

    function testFuzz_Count_and_limit_leave_each_other_alone(uint128 count, uint128 less, uint128 capacity, uint32 period, uint256 used)
        public
    {
        bucket.set(_limit(capacity, 0, period));
        uint256 available = bucket.available();
        bucket.increase(count);
        assertEq(bucket.count(), count);
        assertEq(bucket.available(), available);

        _use(used, used);
        bucket.set(_limit(less, 0, period));
        available = bucket.available();
        assertEq(bucket.count(), count);
        bucket.decrease(less = uint128(bound(less, 0, count)));
        assertEq(bucket.count(), count - less);
        assertEq(bucket.available(), available);
    }
}
