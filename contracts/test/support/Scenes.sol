// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificate, IBridge} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../../src/interfaces/IBridgeEvents.sol";
import {IBridgeSettings} from "../../src/interfaces/IBridgeSettings.sol";
import {World} from "./World.sol";

/// @notice A world with people in it, at a time like ours, whose minimum fees are 0 so that amounts can be small and exact.
abstract contract Scenes is World {
    uint64 internal constant GUARDIAN = 1;
    uint64 internal constant FEE_ORACLE = 2;

    address internal alice = makeAddr("alice");
    address internal bob = makeAddr("bob");
    address internal carol = makeAddr("carol");
    address internal guardian = makeAddr("guardian");
    address internal oracle = makeAddr("oracle");

    function _makeScene() internal {
        vm.warp(1_700_000_000);
        _makeWorld(4);
        _giveRoles(home);
        vm.chainId(AWAY);
        _setFee(away, ASSET, HOME, 0);
        vm.chainId(HOME);
        _setFee(home, ASSET, AWAY, 0);
    }

    /// @dev As script/lib/roles.mjs gives them.
    function _giveRoles(IBridge bridge) internal {
        bytes4[] memory ofGuardians = new bytes4[](5);
        ofGuardians[0] = IBridgeSettings.pause.selector;
        ofGuardians[1] = IBridgeSettings.pauseLane.selector;
        ofGuardians[2] = IBridgeSettings.pauseAsset.selector;
        ofGuardians[3] = IBridgeSettings.cancelRotation.selector;
        ofGuardians[4] = IBridgeSettings.endOverlap.selector;
        manager.setTargetFunctionRole(address(bridge), ofGuardians, GUARDIAN);
        manager.grantRole(GUARDIAN, guardian, 0);
        manager.grantRole(FEE_ORACLE, oracle, 0);
    }

    function _allow(IBridge bridge, bytes4 selector, uint64 role) internal {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        manager.setTargetFunctionRole(address(bridge), selectors, role);
    }

    /// @dev Read anew each time: the optimizer takes block.timestamp to be the same all through a test.
    function _now() internal view returns (uint64) {
        return uint64(vm.getBlockTimestamp());
    }

    function _later(uint256 wait) internal {
        vm.warp(vm.getBlockTimestamp() + wait);
    }

    /// @dev The next delivery, of which the message at `place`, counted from 0, is deferred.
    function _deliverDeferring(
        Side memory to,
        Side memory from,
        bytes[] memory messages,
        uint256 place,
        uint64 heldUntil,
        bytes memory reason
    ) internal returns (uint64 sequence) {
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(to, from, messages);
        bytes32 lane = _laneInto(to, from);
        sequence = first + uint64(place);
        vm.chainId(to.chainId);
        vm.expectEmit(address(to.bridge));
        emit IBridgeEvents.MessageDeferred(lane, sequence, keccak256(messages[place]), heldUntil, reason);
        vm.prank(deliverer);
        to.bridge.deliver(lane, first, wire, certificate);
        assertEq(to.bridge.deferred(lane, sequence), keccak256(messages[place]));
    }

    function _expectRetryFails(bytes memory reason) internal {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.RetryFailed.selector, reason));
    }

    /// @dev Of any asset, of kind 1 or 2 as `send` chooses it.
    function _message(uint32 assetId, address recipient, uint128 amount, uint128 fee, address sender)
        internal
        pure
        returns (bytes memory)
    {
        if (sender == recipient) return abi.encodePacked(uint8(1), assetId, recipient, amount, fee);
        return abi.encodePacked(uint8(2), assetId, recipient, amount, fee, sender);
    }

    function _callMessage(uint32 assetId, address recipient, uint128 amount, uint128 fee, address sender, bytes memory payload)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodePacked(
            uint8(3), assetId, recipient, amount, fee, sender, uint32(100_000), uint24(payload.length), payload
        );
    }
}
