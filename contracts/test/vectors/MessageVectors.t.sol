// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {BridgeHarness} from "../support/BridgeHarness.sol";
import {VectorTest} from "../support/VectorTest.sol";
import {Messages} from "../../src/Messages.sol";

contract MessageVectorsTest is VectorTest {
    BridgeHarness private bridge;
    mapping(bytes32 name => bytes4) private errors;

    function setUp() public {
        _load("message");
        bridge = _newHarness(address(manager), _oneMember(), 1);
        errors["NoMessages"] = Messages.NoMessages.selector;
        errors["UnknownKind"] = Messages.UnknownKind.selector;
        errors["MessageTruncated"] = Messages.MessageTruncated.selector;
        errors["FeeAboveAmount"] = Messages.FeeAboveAmount.selector;
    }

    function test_Valid_messages_are_written_and_read_as_in_the_vectors() public view {
        string[] memory kinds = _column(".valid", "kind");
        uint256[4] memory seen;
        for (uint256 i; i < kinds.length; ++i) {
            uint256 kind = _uint(kinds, i);
            ++seen[kind];
            _checkOne(i, kind);
        }
        assertGt(seen[1], 0);
        assertGt(seen[2], 0);
        assertGt(seen[3], 0);
    }

    function _checkOne(uint256 i, uint256 kind) private view {
        bytes memory wire = vm.parseBytes(_field(i, "wire"));
        _checkRead(wire, i);
        assertEq(kind == 3 ? _encodedCall(i) : _encoded(i), wire);
        (bytes32 hash, uint256 folded) = bridge.fold(wire, bytes32("start"));
        assertEq(hash, keccak256(abi.encode(bytes32("start"), keccak256(wire))));
        assertEq(folded, 1);
    }

    function _checkRead(bytes memory wire, uint256 i) private view {
        (uint32 assetId, address recipient, uint256 amount, uint256 fee) = bridge.read(wire);
        assertEq(assetId, _number(i, "assetId"));
        assertEq(recipient, vm.parseAddress(_field(i, "recipient")));
        assertEq(amount, _number(i, "amount"));
        assertEq(fee, _number(i, "fee"));
    }

    function _encoded(uint256 i) private view returns (bytes memory) {
        return bridge.encode(
            uint32(_number(i, "assetId")),
            vm.parseAddress(_field(i, "recipient")),
            uint128(_number(i, "amount")),
            uint128(_number(i, "fee")),
            vm.parseAddress(_field(i, "sender"))
        );
    }

    function _encodedCall(uint256 i) private view returns (bytes memory) {
        return bridge.encodeCall(
            uint32(_number(i, "assetId")),
            vm.parseAddress(_field(i, "recipient")),
            uint128(_number(i, "amount")),
            uint128(_number(i, "fee")),
            vm.parseAddress(_field(i, "sender")),
            uint32(_number(i, "gasLimit")),
            vm.parseBytes(_field(i, "payload"))
        );
    }

    function _number(uint256 i, string memory key) private view returns (uint256) {
        return vm.parseUint(_field(i, key));
    }

    function _field(uint256 i, string memory key) private view returns (string memory) {
        return this.text(_inner(".valid", i, key));
    }

    function test_Every_malformed_message_of_the_vectors_is_refused_with_its_error() public {
        string[] memory expected = _column(".invalid", "deliver");
        string[] memory wires = _column(".invalid", "wire");
        for (uint256 i; i < wires.length; ++i) {
            bytes memory wire = _bytes(wires, i);
            bytes4 selector = errors[bytes32(bytes(expected[i]))];
            assertNotEq(selector, bytes4(0), expected[i]);
            vm.expectPartialRevert(selector);
            bridge.fold(wire, 0);
        }
    }
}
