// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IBridge} from "../../src/interfaces/IBridge.sol";
import {IBridgeSettings} from "../../src/interfaces/IBridgeSettings.sol";
import {Waiting} from "./Waiting.sol";

/// @notice The guardian pauses; the admin ends pauses, more often than they end by themselves, so that there is traffic.
abstract contract Pausing is Waiting {
    function pause(bool atHome, uint256 what, uint256 asset) external on(atHome) {
        uint64 until = uint64(time + 3 days);
        Pauses storage book = _pauses[atHome];
        (what, asset) = (what % 8, _id(asset));
        bytes memory input;
        if (what == 0) {
            input = abi.encodeCall(IBridgeSettings.pause, ());
            book.everything = until;
        } else if (what == 1) {
            input = abi.encodeCall(IBridgeSettings.pauseLane, (_chain(!atHome)));
            book.lane = until;
        } else if (what < 5) {
            input = abi.encodeCall(IBridgeSettings.pauseAsset, (uint32(asset)));
            book.assets[uint32(asset)] = until;
        } else {
            return;
        }
        (bool done, bytes4 why) = _try(_guardian, address(_bridge(atHome)), 0, input);
        _judge(done, why, 0, 0);
        _seal(atHome);
        _reach(what == 0 ? "paused" : what == 1 ? "lane paused" : "asset paused");
    }

    function unpause(bool atHome, uint256 asset) external on(atHome) {
        IBridge bridge = _bridge(atHome);
        Pauses storage book = _pauses[atHome];
        uint32 id = _id(asset);
        if (time < book.everything) {
            bridge.unpause();
            book.everything = 0;
        } else if (time < book.lane) {
            bridge.unpauseLane(_chain(!atHome));
            book.lane = 0;
        } else if (time < book.assets[id]) {
            bridge.unpauseAsset(id);
            book.assets[id] = 0;
        } else {
            return;
        }
        _seal(atHome);
        _reach("unpaused");
    }
}
