// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificate, IBridge} from "../../src/interfaces/IBridge.sol";
import {World} from "./World.sol";

/// @notice Whole transactions as a chain would charge them. Tests that use it run with `isolate`: every call is a transaction of
/// its own, with cold storage, 21,000, its calldata (and EIP-7623's floor) and refunds counted by the EVM itself.
abstract contract GasWorld is World {
    /// @dev The Bridge creates its Gateway first.
    uint256 private constant SET_NONCE = 2;

    uint256 private _salt;

    /// @dev Three of five: the Bridge does not let it be deployed, but it is what others are measured with, so the blob is patched.
    function _makeThreeOfFive() internal {
        _makeWorld(5);
        threshold = 3;
        _patchThreshold(home);
        _patchThreshold(away);
    }

    function _patchThreshold(IBridge bridge) private {
        address blob = vm.computeCreateAddress(address(bridge), SET_NONCE);
        bytes memory code = blob.code;
        code[1] = bytes1(threshold);
        vm.etch(blob, code);
    }

    /// @dev n transfers of unremarkable amounts to n accounts that nobody has seen before.
    function _transfers(uint256 n, uint32 assetId) internal returns (bytes[] memory messages) {
        messages = new bytes[](n);
        for (uint256 i; i < n; ++i) {
            bytes32 random = keccak256(abi.encode("transfer", _salt++));
            uint128 amount = 1 ether + uint128(uint256(random) % 500 ether);
            messages[i] = abi.encodePacked(uint8(1), assetId, address(bytes20(random)), amount, MINIMUM + uint128(amount / 1000));
        }
    }

    /// @return gas of the delivery's transaction
    /// @return size of its calldata in bytes
    function _gasOfDelivery(Side memory to, Side memory from, bytes[] memory messages)
        internal
        returns (uint256 gas, uint256 size)
    {
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(to, from, messages);
        vm.chainId(to.chainId);
        vm.prank(deliverer, deliverer);
        to.bridge.deliver(_laneInto(to, from), first, wire, certificate);
        gas = vm.lastCallGas().gasTotalUsed;
        size = abi.encodeCall(to.bridge.deliver, (_laneInto(to, from), first, wire, certificate)).length;
    }
}
