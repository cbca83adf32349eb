// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Limit} from "../../src/Meters.sol";
import {Fees, Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgedToken} from "../../src/interfaces/IBridgedToken.sol";
import {IGateway} from "../../src/interfaces/IGateway.sol";
import {IBridgeSettings} from "../../src/interfaces/IBridgeSettings.sol";
import {ITransfers} from "../../src/interfaces/ITransfers.sol";
import {Rules} from "./Rules.sol";
import {Usurping} from "./Usurping.sol";

/// @notice People at doors that are not theirs.
abstract contract Trespassing is Usurping {
    uint256 private constant GUARDIANS = 5; // the first so many of _restricted are the guardian's, the next is the oracle's
    uint256 private constant RESTRICTED = 20;

    function trespass(bool atHome, uint256 seed) public on(atHome) {
        for (uint256 which; which < RESTRICTED; ++which) {
            _isRefused(atHome, _stranger, which, seed, Rules.STRANGERS);
        }
        _reach("trespassed");
    }

    /// @dev The guardian and the oracle have their own functions and no others.
    function overstep(bool atHome, uint256 seed) public on(atHome) {
        for (uint256 which; which < RESTRICTED; ++which) {
            if (which >= GUARDIANS) _isRefused(atHome, _guardian, which, seed, Rules.LESSER_ROLES);
            if (which != GUARDIANS) _isRefused(atHome, _oracle, which, seed, Rules.LESSER_ROLES);
        }
        _reach("overstepped");
    }

    function _isRefused(bool atHome, address who, uint256 which, uint256 seed, uint256 rule) private {
        (bool done, bytes4 why) = _try(who, address(_bridge(atHome)), 0, _restricted(atHome, which, _id(seed)));
        if (done || why != IAccessManaged.AccessManagedUnauthorized.selector) _break(rule);
    }

    function trespassOnAToken(uint256 asset, uint256 which) public on(false) {
        (IBridgedToken token, Limit memory limit) = (IBridgedToken(_tokens[false][_id(asset)]), Limit(UNIT, 1 hours));
        bytes memory input = which % 3 == 0
            ? abi.encodeCall(token.announceBridge, (_stranger, limit))
            : which % 3 == 1 ? abi.encodeCall(token.setBridge, (_stranger)) : abi.encodeCall(token.lowerBridge, (address(away), Limit(0, DAY)));
        (bool done, bytes4 why) = _try(_stranger, address(token), 0, input);
        if (done || why != IAccessManaged.AccessManagedUnauthorized.selector) _break(Rules.STRANGERS);
        _reach("trespassed on a token");
    }

    /// @dev Entrances that the contracts have for each other.
    function openInnerDoors(bool atHome, uint256 whose, uint256 asset) public on(atHome) {
        for (uint256 which; which < 9; ++which) {
            (address target, bytes memory input) = _innerDoor(atHome, which, _user(whose), _id(asset));
            (bool done,) = _try(_stranger, target, 0, input);
            if (done) _break(Rules.INNER_DOORS);
        }
        _reach("inner door");
    }

    function _innerDoor(bool atHome, uint256 which, address whose, uint32 id) private view returns (address target, bytes memory input) {
        bytes memory wire = abi.encodePacked(uint8(1), id, _stranger, UNIT, uint128(0));
        target = address(_bridge(atHome));
        if (which == 0) return (target, abi.encodeWithSignature("release(uint32,bytes,address)", id, wire, _stranger));
        if (which == 1) {
            wire = abi.encodePacked(uint8(3), id, address(_receivers[0]), UNIT, uint128(0), _stranger, uint32(1e5), uint24(0));
            string memory signature = "payAndCall(bytes32,uint64,bytes,address,uint256)";
            return (target, abi.encodeWithSignature(signature, _laneTo(atHome), 1, wire, _stranger, 100_000));
        }
        target = _bridge(atHome).gateway();
        if (which == 2) {
            return (target, abi.encodeCall(IGateway.execute, (0, _chain(!atHome), whose, address(_receivers[0]), 100_000, "")));
        }
        if (which == 3) return (target, abi.encodeCall(IGateway.pay, (_stranger)));
        if (which == 8) {
            wire = abi.encodePacked(uint8(3), uint32(0), address(_receivers[0]), uint256(0), whose, uint32(1e5), uint24(0));
            return (target, abi.encodeCall(IGateway.executeMany, (_laneTo(atHome), 1, _chain(!atHome), wire)));
        }
        target = _tokens[false][id];
        if (which == 4) return (target, abi.encodeWithSignature("crosschainMint(address,uint256)", _stranger, UNIT));
        if (which == 5) return (target, abi.encodeWithSignature("crosschainBurn(address,uint256)", whose, 1));
        if (which == 6) return (target, abi.encodeCall(IBridgedToken.crosschainBurnSent, (whose, 1)));
        return (target, abi.encodeCall(IBridgedToken.crosschainMintMany, (wire, _stranger)));
    }

    function _restricted(bool atHome, uint256 which, uint32 id) private view returns (bytes memory) {
        uint256 other = _chain(!atHome);
        Limit memory limit = Limit(uint128(1000) * UNIT, 1 hours);
        Fees memory fees = Fees(1, 1, 1, 0, 0);
        if (which == 0) return abi.encodeCall(IBridgeSettings.pause, ());
        if (which == 1) return abi.encodeCall(IBridgeSettings.pauseLane, (other));
        if (which == 2) return abi.encodeCall(IBridgeSettings.pauseAsset, (id));
        if (which == 3) return abi.encodeCall(IBridgeSettings.cancelRotation, ());
        if (which == 4) return abi.encodeCall(IBridgeSettings.endOverlap, ());
        if (which == 5) return abi.encodeCall(IBridgeSettings.setMinimumFees, (id, other, fees));
        if (which == 6) return abi.encodeCall(IBridgeSettings.unpause, ());
        if (which == 7) return abi.encodeCall(IBridgeSettings.unpauseLane, (other));
        if (which == 8) return abi.encodeCall(IBridgeSettings.unpauseAsset, (id));
        if (which == 9) return abi.encodeCall(IBridgeSettings.openLane, (5, _stranger));
        if (which == 10) return abi.encodeCall(IBridgeSettings.registerAsset, (99, address(_receivers[0]), Mode.Lock, limit));
        if (which == 11) return abi.encodeCall(IBridgeSettings.setInboundLimit, (id, limit));
        if (which == 12) return abi.encodeCall(IBridgeSettings.setOutboundLimit, (id, limit));
        if (which == 13) return abi.encodeCall(IBridgeSettings.setHold, (id, 0, 0));
        if (which == 14) return abi.encodeCall(IBridgeSettings.setFeeBounds, (id, other, fees, fees));
        if (which == 15) return abi.encodeCall(IBridgeSettings.announceHandover, (id, _stranger));
        if (which == 16) return abi.encodeCall(IBridgeSettings.handover, (id));
        if (which == 17) return abi.encodeCall(ITransfers.sendFor, (_user(0), other, id, _stranger, UNIT, 1e6));
        if (which == 18) return abi.encodeCall(IBridgeSettings.expectHandover, (id, _stranger));
        return abi.encodeCall(IAccessManaged.setAuthority, (_stranger));
    }
}
