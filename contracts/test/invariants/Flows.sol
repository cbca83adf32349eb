// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit} from "../../src/Meters.sol";
import {Sets} from "./Sets.sol";

/// @notice What went through each bucket and when, to be held against the bound of every window.
abstract contract Flows is Sets {
    /// @param refill what an empty bucket without a bottom would have got since the beginning
    /// @param capacity in force from here on
    struct Flow {
        uint256 refill;
        uint128 amount;
        uint128 capacity;
    }

    struct Bucket {
        Limit limit;
        uint256 at;
        uint256 refill;
        Flow[] flows;
    }

    /// @dev Of TIGHT: what leaves the vault, and what the token mints. Of CAPPED: what each chain sends.
    mapping(bool atHome => Bucket) internal _inflow;
    mapping(bool atHome => Bucket) internal _outflow;
    /// @dev Of TIGHT, as set last: from above which amount on a message is held, and for how long.
    mapping(bool atHome => uint128) internal _threshold;
    mapping(bool atHome => uint24) internal _hold;

    /// @param rule that is broken if this is too much for any window
    function _flow(Bucket storage bucket, uint128 amount, uint256 rule) internal {
        _refill(bucket);
        bucket.flows.push(Flow(bucket.refill, amount, bucket.limit.capacity));
        if (!_isBounded(bucket)) _break(rule);
    }

    function _relimit(Bucket storage bucket, Limit memory limit) internal {
        _refill(bucket);
        bucket.limit = limit;
        bucket.flows.push(Flow(bucket.refill, 0, limit.capacity));
    }

    /// @dev In a window that ends with the last flow: at most the largest capacity in it and what was refilled meanwhile.
    function _isBounded(Bucket storage bucket) private view returns (bool) {
        uint256 i = bucket.flows.length;
        Flow memory flow = bucket.flows[--i];
        (uint256 last, uint256 taken, uint256 largest) = (flow.refill, flow.amount, flow.capacity);
        while (true) {
            if (taken > largest + last - flow.refill) return false;
            if (i == 0) return true;
            flow = bucket.flows[--i];
            taken += flow.amount;
            if (flow.capacity > largest) largest = flow.capacity;
        }
        return true;
    }

    function _refill(Bucket storage bucket) private {
        Limit memory limit = bucket.limit;
        if (limit.period != 0) bucket.refill += (uint256(limit.capacity) * (time - bucket.at) + limit.period - 1) / limit.period;
        bucket.at = time;
    }
}
