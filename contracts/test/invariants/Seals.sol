// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Limit} from "../../src/Meters.sol";
import {Fees, IBridge} from "../../src/interfaces/IBridge.sol";
import {IBridgedToken} from "../../src/interfaces/IBridgedToken.sol";
import {Flows} from "./Flows.sol";

/// @notice Everything about a Bridge that roles set, as one hash. Whoever changes it by right seals it anew.
abstract contract Seals is Flows {
    function _seal(bool atHome) internal {
        _seals[atHome] = _configuration(atHome);
    }

    function _configuration(bool atHome) internal view returns (bytes32 hash) {
        hash = _ofTheSets(atHome);
        for (uint32 id; id <= LAST; ++id) {
            hash = keccak256(abi.encode(hash, _ofAnAsset(atHome, id), _ofItsFees(atHome, id)));
        }
    }

    function _ofTheSets(bool atHome) private view returns (bytes32) {
        IBridge bridge = _bridge(atHome);
        (uint64 pending, uint64 readyAt,,) = bridge.pendingRotation();
        (uint64 past, uint64 until) = bridge.overlap();
        address authority = IAccessManaged(address(bridge)).authority();
        return keccak256(abi.encode(bridge.epoch(), bridge.nextEpoch(), pending, readyAt, past, until, authority, bridge.settings()));
    }

    function _ofAnAsset(bool atHome, uint32 id) private view returns (bytes32) {
        IBridge bridge = _bridge(atHome);
        (uint64 everything, uint64 lane, uint64 asset) = bridge.pausedUntil(_chain(!atHome), id);
        (address successor, uint64 readyAt) = bridge.pendingHandover(id);
        bytes32 hash = keccak256(abi.encode(bridge.asset(id).token, everything, lane, asset, successor, readyAt));
        return id == 0 ? hash : keccak256(abi.encode(hash, _ofItsLimits(atHome, id)));
    }

    function _ofItsLimits(bool atHome, uint32 id) private view returns (bytes32 hash) {
        IBridge bridge = _bridge(atHome);
        (uint128 threshold_, uint24 hold) = bridge.hold(id);
        (Limit memory inflow,) = bridge.inboundLimit(id);
        (Limit memory outflow,) = bridge.outboundLimit(id);
        hash = keccak256(abi.encode(threshold_, hold, inflow, outflow));
        if (atHome) return hash;
        IBridgedToken token = IBridgedToken(_tokens[false][id]);
        (Limit memory announced, uint64 at) = token.announced(address(bridge));
        (, uint64 strangerAt) = token.announced(_stranger);
        return keccak256(abi.encode(hash, announced, at, strangerAt, token.isBridge(_stranger)));
    }

    function _ofItsFees(bool atHome, uint32 id) private view returns (bytes32) {
        (Fees memory fees, bool set) = _bridge(atHome).minimumFees(id, _chain(!atHome));
        (Fees memory lowest, Fees memory highest) = _bridge(atHome).feeBounds(id, _chain(!atHome));
        return keccak256(abi.encode(fees, set, lowest, highest));
    }
}
