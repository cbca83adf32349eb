// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Floats} from "./Floats.sol";

/// @notice A count of base units and the token bucket that guards it, in one word, so that the limit costs no slot of its own.
/// From the highest bit: when the bucket is full again (48 bits, in ticks of 2^-14 seconds), capacity (48 bits, see Floats),
/// seconds that an empty bucket takes to fill (32 bits), count (128 bits).
/// @dev The bucket is kept as one time, as in the generic cell rate algorithm (ITU-T I.371): what has been taken is the rate times
/// the wait until it is full. Every taking rounds that wait up, so many small ones never get more than one large one.
type Meter is uint256;

using Meters for Meter global;

/// @notice A token bucket.
/// @param capacity base units that a full bucket holds; 0 lets nothing pass
/// @param period seconds in which an empty bucket fills
struct Limit {
    uint128 capacity;
    uint32 period;
}

library Meters {
    uint256 private constant COUNT_BITS = 128;
    uint256 private constant CAPACITY_AT = 160;
    uint256 private constant FULL_AT = 208;
    uint256 private constant TICK_BITS = 14;
    /// @dev The year 2514.
    uint256 private constant LATEST = type(uint48).max;
    /// @dev 40 bits and an exponent: rounded down by less than a part in 2^39.
    uint256 private constant CAPACITY_MANTISSA = 40;

    error PeriodZero();

    function count(Meter meter) internal pure returns (uint256) {
        return uint128(Meter.unwrap(meter));
    }

    /// @dev The caller sees to it that the count stays below 2^128.
    function increase(Meter meter, uint256 amount) internal pure returns (Meter) {
        unchecked {
            return Meter.wrap(Meter.unwrap(meter) + amount);
        }
    }

    /// @dev The caller sees to it that `amount` is at most the count.
    function decrease(Meter meter, uint256 amount) internal pure returns (Meter) {
        unchecked {
            return Meter.wrap(Meter.unwrap(meter) - amount);
        }
    }

    /// @param amount base units, below 2^160
    /// @return passes whether the bucket held that much
    /// @return next the word without it
    function take(Meter meter, uint256 amount) internal view returns (bool passes, Meter next) {
        unchecked {
            uint256 size = _capacity(meter);
            if (size == 0) return (false, meter);
            uint256 now_ = block.timestamp << TICK_BITS;
            uint256 period = _periodTicks(meter);
            uint256 full = _fullAt(meter, now_) + _ceil(amount * period, size);
            return (full - now_ <= period, _withFullAt(meter, full));
        }
    }

    /// @notice The first second at which `amount` passes if nothing else does before; never, the greatest uint64, above the capacity.
    function passesAt(Meter meter, uint256 amount) internal view returns (uint64) {
        uint256 size = _capacity(meter);
        if (size == 0 || amount > size) return type(uint64).max;
        uint256 now_ = block.timestamp << TICK_BITS;
        uint256 period = _periodTicks(meter);
        uint256 full = _fullAt(meter, now_) + _ceil(amount * period, size);
        return full - now_ <= period ? uint64(block.timestamp) : uint64(_ceil(full - period, 1 << TICK_BITS));
    }

    /// @notice Base units that pass now.
    function available(Meter meter) internal view returns (uint256) {
        uint256 taken = _taken(meter);
        uint256 size = _capacity(meter);
        return taken < size ? size - taken : 0;
    }

    function limit(Meter meter) internal pure returns (Limit memory) {
        return Limit(uint128(_capacity(meter)), uint32(Meter.unwrap(meter) >> COUNT_BITS));
    }

    /// @notice Sets another limit and keeps what has been taken: no change fills the bucket. The first limit starts full, since
    /// nothing could pass before; one that follows a limit of 0 starts empty. So does one that follows a limit so low that the time at
    /// which it would have been full again was too late to be kept: how much had been taken is not known any more.
    function withLimit(Meter meter, Limit memory to) internal view returns (Meter) {
        if (to.period == 0) revert PeriodZero();
        uint256 now_ = block.timestamp << TICK_BITS;
        uint256 float = Floats.encodeDown(to.capacity, CAPACITY_MANTISSA);
        uint256 size = Floats.decode(float, CAPACITY_MANTISSA);
        uint256 period = uint256(to.period) << TICK_BITS;

        uint256 full = now_;
        uint256 before = Meter.unwrap(meter) >> FULL_AT;
        if (size != 0 && _capacity(meter) != 0 && before != LATEST) full += _ceil(_taken(meter) * period, size);
        else if (before != 0) full += period;
        if (full > LATEST) full = LATEST;
        return Meter.wrap(full << FULL_AT | float << CAPACITY_AT | uint256(to.period) << COUNT_BITS | meter.count());
    }

    /// @dev Base units missing from a full bucket, rounded up.
    function _taken(Meter meter) private view returns (uint256) {
        uint256 now_ = block.timestamp << TICK_BITS;
        uint256 period = _periodTicks(meter);
        return period == 0 ? 0 : _ceil((_fullAt(meter, now_) - now_) * _capacity(meter), period);
    }

    function _fullAt(Meter meter, uint256 now_) private pure returns (uint256 full) {
        full = Meter.unwrap(meter) >> FULL_AT;
        if (full < now_) full = now_;
    }

    function _withFullAt(Meter meter, uint256 full) private pure returns (Meter) {
        return Meter.wrap(Meter.unwrap(meter) & (1 << FULL_AT) - 1 | full << FULL_AT);
    }

    function _capacity(Meter meter) private pure returns (uint256) {
        return Floats.decode(uint48(Meter.unwrap(meter) >> CAPACITY_AT), CAPACITY_MANTISSA);
    }

    function _periodTicks(Meter meter) private pure returns (uint256) {
        return uint256(uint32(Meter.unwrap(meter) >> COUNT_BITS)) << TICK_BITS;
    }

    function _ceil(uint256 value, uint256 divisor) private pure returns (uint256) {
        unchecked {
            return (value + divisor - 1) / divisor;
        }
    }
}
