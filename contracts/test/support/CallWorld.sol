// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Fees} from "../../src/interfaces/IBridge.sol";
import {Gateway} from "../../src/Gateway.sol";
import {World} from "./World.sol";

/// @notice A World in which calls without tokens cost nothing.
abstract contract CallWorld is World {
    address internal alice = makeAddr("alice");
    Gateway internal homeGateway;
    Gateway internal awayGateway;

    function _makeCallWorld() internal {
        _makeWorld(4);
        vm.chainId(HOME);
        _setFee(home, 0, AWAY, 0);
        vm.chainId(AWAY);
        _setFee(away, 0, HOME, 0);
        (homeGateway, awayGateway) = (Gateway(home.gateway()), Gateway(away.gateway()));
        original.mint(alice, 1000 ether);
        vm.prank(alice);
        original.approve(address(home), type(uint256).max);
        vm.chainId(HOME);
    }

    /// @dev The wire bytes of kind 3.
    function _call(uint32 assetId, address recipient, uint128 amount, uint128 fee, address sender, uint32 gas, bytes memory payload)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodePacked(uint8(3), assetId, recipient, amount, fee, sender, gas, uint24(payload.length), payload);
    }

    function _pureCall(address recipient, uint32 gas, bytes memory payload) internal view returns (bytes memory) {
        return _call(0, recipient, 0, 0, alice, gas, payload);
    }

    function _receiveId(uint64 sequence) internal view returns (bytes32) {
        return keccak256(abi.encode(_homeToAway(), sequence));
    }
}
