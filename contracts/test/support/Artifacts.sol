// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Test} from "forge-std/Test.sol";
import {BridgedToken} from "../../src/BridgedToken.sol";
import {Limit} from "../../src/Meters.sol";
import {IBridge} from "../../src/interfaces/IBridge.sol";
import {BridgeHarness} from "./BridgeHarness.sol";

/// @notice Deploys from forge's artifacts. `new Bridge(…)` would have the compiler optimise the Bridge again in every test contract.
abstract contract Artifacts is Test {
    /// @dev More than any test moves.
    Limit internal PLENTY = Limit(type(uint128).max, 1 hours);

    function _newManager() internal returns (AccessManager) {
        return AccessManager(_create(abi.encodePacked(vm.getCode("AccessManager.sol:AccessManager"), abi.encode(address(this)))));
    }

    function _newSettings() internal returns (address) {
        return _create(vm.getCode("Settings.sol:Settings"));
    }

    function _newBridge(address manager, address[] memory members, uint8 threshold) internal returns (IBridge) {
        return IBridge(_create(_bridgeCode(manager, members, threshold)));
    }

    function _bridgeCode(address manager, address[] memory members, uint8 threshold) internal returns (bytes memory) {
        return abi.encodePacked(vm.getCode("Bridge.sol:Bridge"), abi.encode(manager, _newSettings(), members, threshold));
    }

    function _newHarness(address manager, address[] memory members, uint8 threshold) internal returns (BridgeHarness) {
        bytes memory code = vm.getCode("BridgeHarness.sol:BridgeHarness");
        return BridgeHarness(_create(abi.encodePacked(code, abi.encode(manager, _newSettings(), members, threshold))));
    }

    function _newBridgedToken(address manager, address firstBridge, string memory name, string memory symbol, uint8 decimals)
        internal
        returns (BridgedToken)
    {
        bytes memory code = vm.getCode("BridgedToken.sol:BridgedToken");
        return BridgedToken(_create(abi.encodePacked(code, abi.encode(manager, firstBridge, PLENTY, name, symbol, decimals))));
    }

    /// @dev Reverts with what the constructor reverted with.
    function _create(bytes memory initCode) internal returns (address created) {
        assembly ("memory-safe") {
            created := create(0, add(initCode, 0x20), mload(initCode))
            if iszero(created) {
                returndatacopy(mload(0x40), 0, returndatasize())
                revert(mload(0x40), returndatasize())
            }
        }
    }
}
