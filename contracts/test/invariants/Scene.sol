// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit} from "../../src/Meters.sol";
import {Fees, IBridge, Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgedToken} from "../../src/interfaces/IBridgedToken.sol";
import {IBridgeSettings} from "../../src/interfaces/IBridgeSettings.sol";
import {NoReturnToken} from "../tokens/StrangeTokens.sol";
import {TestToken} from "../tokens/TestToken.sol";
import {WrappedCoin} from "../tokens/WrappedCoin.sol";
import {Receiver} from "./Receiver.sol";
import {Seals} from "./Seals.sol";

/// @notice Where it all begins: two Bridges, six assets, roles, people. This contract is the admin.
abstract contract Scene is Seals {
    uint64 internal constant GUARDIAN = 1;
    uint64 internal constant FEE_ORACLE = 2;
    uint24 internal constant DAY = 1 days;

    constructor() {
        vm.warp(time);
        _makeValidators(POOL);
        Set memory first = Set(15, 3);
        manager = _newManager();
        (home, away) = (_firstBridge(true, first), _firstBridge(false, first));
        _openLanes();
        _makeTokens();
        _makePeople();
        for (uint256 side; side < 2; ++side) {
            _enter(side == 0);
            _giveRoles(_bridge(side == 0));
            for (uint32 id; id <= LAST; ++id) {
                _price(side == 0, id);
            }
        }
        _limitAssets();
        _seal(true);
        _seal(false);
    }

    function _firstBridge(bool atHome, Set memory set) private returns (IBridge) {
        _sets[atHome][1] = set;
        (_reigns[atHome].epoch, _reigns[atHome].lastEpoch) = (1, 1);
        return _newBridge(address(manager), _setOf(set), set.threshold);
    }

    function _openLanes() private {
        for (uint256 side; side < 2; ++side) {
            bool atHome = side == 0;
            _enter(atHome);
            _bridge(atHome).openLane(_chain(!atHome), address(_bridge(!atHome)));
            _hashes[atHome].push(_laneId(_chain(!atHome), address(_bridge(!atHome)), _chain(atHome), address(_bridge(atHome))));
        }
    }

    function _makeTokens() private {
        _listed = new NoReturnToken();
        for (uint32 id = 1; id <= LAST; ++id) {
            Limit memory limit = PLENTY;
            if (id == TIGHT) limit = Limit(300 * UNIT, DAY);
            _tokens[true][id] = _newToken(id);
            _enter(true);
            home.registerAsset(id, _tokens[true][id], id == COIN ? Mode.Native : Mode.Lock, limit);
            _accounts.push(_tokens[true][id]);
            _tokens[false][id] = address(_newBridgedToken(address(manager), address(away), "Wrapped", "WRP", 18));
            _enter(false);
            away.registerAsset(id, _tokens[false][id], Mode.Mint, Limit(0, 0));
            _accounts.push(_tokens[false][id]);
        }
    }

    function _newToken(uint32 id) private returns (address) {
        if (id == LISTED) return address(_listed);
        if (id == COIN) return address(new WrappedCoin());
        return address(new TestToken("Original", "ORG", 18));
    }

    function _makePeople() private {
        for (uint256 i; i < 3; ++i) {
            _users.push(makeAddr(string.concat("user ", vm.toString(i))));
            _accounts.push(_users[i]);
        }
        for (uint256 i; i < 2; ++i) {
            _receivers.push(new Receiver());
            _accounts.push(address(_receivers[i]));
        }
        // One that takes coin, and one to whom fees in coin are paid wrapped.
        _executors.push(deliverer);
        _executors.push(address(new Receiver()));
        _accounts.push(_executors[0]);
        _accounts.push(_executors[1]);
        _accounts.push(home.gateway());
        _accounts.push(away.gateway());
        _accounts.push(_successor);
        _accounts.push(_stranger);
    }

    function _giveRoles(IBridge bridge) private {
        bytes4[] memory own = new bytes4[](5);
        (own[0], own[1], own[2]) = (IBridgeSettings.pause.selector, IBridgeSettings.pauseLane.selector, IBridgeSettings.pauseAsset.selector);
        (own[3], own[4]) = (IBridgeSettings.cancelRotation.selector, IBridgeSettings.endOverlap.selector);
        manager.setTargetFunctionRole(address(bridge), own, GUARDIAN);
        manager.grantRole(GUARDIAN, _guardian, 0);
        manager.grantRole(FEE_ORACLE, _oracle, 0);
        manager.setTargetFunctionRole(address(bridge), _only(IBridgeSettings.setMinimumFees.selector), FEE_ORACLE);
    }

    /// @dev Asset 0 is calls without tokens, which nobody pays for here.
    function _price(bool atHome, uint32 id) private {
        Fees memory fees = id == 0 ? Fees(0, 0, 0, 0, 0) : Fees(1000, 2000, 5000, 1, 10);
        _bridge(atHome).setFeeBounds(id, _chain(!atHome), Fees(0, 0, 0, 0, 0), Fees(10_000, 10_000, 50_000, 10, 100));
        vm.prank(_oracle);
        _bridge(atHome).setMinimumFees(id, _chain(!atHome), fees);
        _fees[atHome][id] = fees;
    }

    function _limitAssets() private {
        for (uint256 side; side < 2; ++side) {
            bool atHome = side == 0;
            _enter(atHome);
            _bridge(atHome).setOutboundLimit(CAPPED, Limit(300 * UNIT, DAY));
            _bridge(atHome).setHold(TIGHT, 100 * UNIT, DAY);
            (_threshold[atHome], _hold[atHome]) = (100 * UNIT, DAY);
            _relimit(_outflow[atHome], Limit(300 * UNIT, DAY));
            _relimit(_inflow[atHome], Limit(300 * UNIT, DAY));
        }
        // A token names its first Bridge with a limit; a lower one holds at once.
        IBridgedToken(_tokens[false][TIGHT]).lowerBridge(address(away), Limit(300 * UNIT, DAY));
    }

    function _only(bytes4 selector) internal pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](1);
        selectors[0] = selector;
    }
}
