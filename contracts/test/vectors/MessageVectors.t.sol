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

    function test_Valid_transfers_are_written_and_read_as_in_the_vectors() public view {
        string[] memory kinds = _column(".valid", "kind");
        string[] memory wires = _column(".valid", "wire");
        string[] memory recipients = _column(".valid", "recipient");
        string[] memory amounts = _column(".valid", "amount");
        string[] memory fees = _column(".valid", "fee");
        string[] memory assetIds = _column(".valid", "assetId");
        string[] memory senders = _column(".valid", "sender");
        for (uint256 i; i < kinds.length; ++i) {
            if (_uint(kinds, i) == 3) continue;
            bytes memory wire = _bytes(wires, i);
            _checkRead(wire, uint32(_uint(assetIds, i)), _address(recipients, i), _uint(amounts, i), _uint(fees, i));
            bytes memory encoded = bridge.encode(
                uint32(_uint(assetIds, i)),
                _address(recipients, i),
                uint128(_uint(amounts, i)),
                uint128(_uint(fees, i)),
                _address(senders, i)
            );
            assertEq(encoded, wire);
            (bytes32 hash, uint256 folded) = bridge.fold(wire, bytes32("start"));
            assertEq(hash, keccak256(abi.encode(bytes32("start"), keccak256(wire))));
            assertEq(folded, 1);
        }
    }

    function _checkRead(bytes memory wire, uint32 assetId, address recipient, uint256 amount, uint256 fee) private view {
        (uint32 readAsset, address readRecipient, uint256 readAmount, uint256 readFee) = bridge.read(wire);
        assertEq(readAsset, assetId);
        assertEq(readRecipient, recipient);
        assertEq(readAmount, amount);
        assertEq(readFee, fee);
    }

    function test_Calls_are_unknown_as_long_as_nothing_runs_them() public {
        string[] memory kinds = _column(".valid", "kind");
        string[] memory wires = _column(".valid", "wire");
        uint256 calls;
        for (uint256 i; i < kinds.length; ++i) {
            if (_uint(kinds, i) != 3) continue;
            ++calls;
            bytes memory wire = _bytes(wires, i);
            vm.expectRevert(abi.encodeWithSelector(Messages.UnknownKind.selector, 0, 3));
            bridge.fold(wire, 0);
        }
        assertGt(calls, 0);
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
