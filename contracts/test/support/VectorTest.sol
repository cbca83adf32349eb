// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {stdJson} from "forge-std/StdJson.sol";
import {Artifacts} from "./Artifacts.sol";
import {BridgeHarness} from "./BridgeHarness.sol";

/// @notice Reads one of tests/vectors/*.json.
abstract contract VectorTest is Artifacts {
    using stdJson for string;

    string private _file;
    AccessManager internal manager = _newManager();

    function _load(string memory name) internal {
        _file = string.concat("../tests/vectors/", name, ".json");
    }

    /// @dev One field of every entry of a list.
    function _column(string memory list, string memory key) internal view returns (string[] memory column) {
        uint256 count;
        while (this.has(_inner(list, count, key))) ++count;
        require(count > 0, "no vectors");
        column = new string[](count);
        for (uint256 i; i < count; ++i) {
            column[i] = this.text(_inner(list, i, key));
        }
    }

    /// @dev These are calls, so that the memory which holds a whole file is given back after each.
    function has(string memory path) external view returns (bool) {
        return vm.readFile(_file).keyExists(path);
    }

    function text(string memory path) external view returns (string memory) {
        return vm.readFile(_file).readString(path);
    }

    function texts(string memory path) external view returns (string[] memory) {
        return vm.readFile(_file).readStringArray(path);
    }

    function addresses(string memory path) external view returns (address[] memory) {
        return vm.readFile(_file).readAddressArray(path);
    }

    function _word(string[] memory column, uint256 i) internal pure returns (bytes32) {
        return vm.parseBytes32(column[i]);
    }

    function _uint(string[] memory column, uint256 i) internal pure returns (uint256) {
        return vm.parseUint(column[i]);
    }

    function _address(string[] memory column, uint256 i) internal pure returns (address) {
        return vm.parseAddress(column[i]);
    }

    function _bytes(string[] memory column, uint256 i) internal pure returns (bytes memory) {
        return vm.parseBytes(column[i]);
    }

    /// @dev A list within an entry.
    function _inner(string memory list, uint256 i, string memory key) internal pure returns (string memory) {
        return string.concat(list, "[", vm.toString(i), "].", key);
    }

    /// @dev A Bridge at a chosen address.
    function _bridgeAt(address where, address[] memory members, uint8 threshold) internal returns (BridgeHarness) {
        deployCodeTo("BridgeHarness.sol:BridgeHarness", abi.encode(address(manager), _newSettings(), members, threshold), where);
        return BridgeHarness(where);
    }

    function _oneMember() internal pure returns (address[] memory members) {
        members = new address[](1);
        members[0] = address(1);
    }
}
