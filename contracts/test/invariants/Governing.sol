// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Fees} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IBridgeSettings} from "../../src/interfaces/IBridgeSettings.sol";
import {TestToken} from "../tokens/TestToken.sol";
import {Rotating} from "./Rotating.sol";

/// @notice The oracle prices, and one asset moves to another Bridge.
abstract contract Governing is Rotating {
    bool private _isHandedOver;

    function setFees(bool atHome, uint256 asset, uint256 fee) public on(atHome) {
        uint32 id = _id(asset);
        fee = _bound(fee, 0, 11_000);
        Fees memory fees = Fees(uint128(fee), uint128(fee), uint128(5 * fee), uint64(fee / 1000), uint64(fee / 100));
        bytes memory input = abi.encodeCall(IBridgeSettings.setMinimumFees, (id, _chain(!atHome), fees));
        (bool done, bytes4 why) = _try(_oracle, address(_bridge(atHome)), 0, input);
        bytes4 expected = fee > 10_000 ? IBridgeErrors.FeesOutOfBounds.selector : bytes4(0);
        if (expected == 0 && _isClosed(atHome, id)) expected = IBridgeErrors.ModeWrong.selector;
        _judge(done, why, expected, 0);
        if (fee > 10_000) _reach("fees out of bounds");
        if (!done) return;
        _fees[atHome][id] = fees;
        _seal(atHome);
        _reach("fees set");
    }

    /// @dev Announces it, seldom, and tries it.
    function handOver(uint256 seed) public on(true) {
        if (_handoverAt == 0 && seed % 4 == 0) {
            home.announceHandover(HANDED, _successor);
            _handoverAt = time + 7 days;
            _seal(true);
            _pauseHanded(); // so that nothing but the delay stands in the way
        }
        uint256 amount = _vaultOf(HANDED);
        (bool done, bytes4 why) = _try(address(this), address(home), 0, abi.encodeCall(IBridgeSettings.handover, (HANDED)));
        bytes4 expected = _handoverRefusal();
        _judge(done, why, expected, 0);
        if (expected == IBridgeErrors.HandoverTooEarly.selector) _reach("handover too early");
        if (expected == IBridgeErrors.AssetNotPaused.selector) _pauseHanded();
        if (!done) return;
        _isHandedOver = true;
        _handedOver[HANDED] += amount;
        _holds[true][HANDED][_successor] += amount;
        // Somebody still sends tokens to where the asset was: these are not locked, and nobody may be paid with them.
        TestToken(_tokens[true][HANDED]).mint(address(home), 1000 * UNIT);
        _holds[true][HANDED][address(home)] += 1000 * UNIT;
        _reach("handed over");
    }

    function _handoverRefusal() private view returns (bytes4) {
        if (_handoverAt == 0) return IBridgeErrors.HandoverNotAnnounced.selector;
        if (_isHandedOver) return IBridgeErrors.AlreadyHandedOver.selector;
        if (time < _handoverAt) return IBridgeErrors.HandoverTooEarly.selector;
        return time < _pauses[true].assets[HANDED] ? bytes4(0) : IBridgeErrors.AssetNotPaused.selector;
    }

    function _pauseHanded() private {
        vm.prank(_guardian);
        home.pauseAsset(HANDED);
        _pauses[true].assets[HANDED] = uint64(time + 3 days);
        _seal(true);
    }

    /// @dev What the books say is locked.
    function _vaultOf(uint32 id) internal view returns (uint256) {
        return _lockedEver[id] - _releasedEver[id] - _handedOver[id];
    }
}
