// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {BridgedToken} from "../../src/BridgedToken.sol";
import {Certificate, Fees, IBridge, Mode} from "../../src/interfaces/IBridge.sol";
import {TestToken} from "../tokens/TestToken.sol";
import {Limit} from "../../src/Meters.sol";
import {Validators} from "./Validators.sol";

/// @notice Two chains in one: an asset's home and a chain away from it, each with its Bridge.
abstract contract World is Validators {
    uint256 internal constant HOME = 918_001;
    uint256 internal constant AWAY = 918_002;
    uint32 internal constant ASSET = 7;
    uint128 internal constant MINIMUM = 0.001 ether;

    AccessManager internal manager;
    IBridge internal home;
    IBridge internal away;
    TestToken internal original;
    BridgedToken internal wrapped;
    uint8 internal threshold;

    mapping(bytes32 rollingHash => uint64) private _sequenceOf;

    address internal deliverer = makeAddr("deliverer");

    /// @param n members; threshold is the least that is allowed
    function _makeWorld(uint256 n) internal {
        _makeValidators(n);
        threshold = uint8(2 * n / 3 + 1);
        manager = _newManager();
        home = _newBridge(address(manager), members, threshold);
        away = _newBridge(address(manager), members, threshold);
        original = new TestToken("Original", "ORG", 18);
        wrapped = _newBridgedToken(address(manager), address(away), "Wrapped", "WRP", 18);

        vm.chainId(HOME);
        home.openLane(AWAY, address(away));
        home.registerAsset(ASSET, address(original), Mode.Lock, PLENTY);
        _setFee(home, ASSET, AWAY, MINIMUM);
        vm.chainId(AWAY);
        away.openLane(HOME, address(home));
        away.registerAsset(ASSET, address(wrapped), Mode.Mint, Limit(0, 0));
        _setFee(away, ASSET, HOME, MINIMUM);
    }

    struct Side {
        uint256 chainId;
        IBridge bridge;
    }

    function _home() internal view returns (Side memory) {
        return Side(HOME, home);
    }

    function _away() internal view returns (Side memory) {
        return Side(AWAY, away);
    }

    function _homeToAway() internal view returns (bytes32) {
        return _laneId(HOME, address(home), AWAY, address(away));
    }

    function _awayToHome() internal view returns (bytes32) {
        return _laneId(AWAY, address(away), HOME, address(home));
    }

    function _laneInto(Side memory to, Side memory from) internal pure returns (bytes32) {
        return _laneId(from.chainId, address(from.bridge), to.chainId, address(to.bridge));
    }

    /// @dev The least fee of every kind.
    function _setFee(IBridge bridge, uint32 assetId, uint256 destination, uint128 fee) internal {
        Fees memory highest = Fees(type(uint128).max, type(uint128).max, type(uint120).max, type(uint64).max, type(uint64).max);
        bridge.setFeeBounds(assetId, destination, Fees(0, 0, 0, 0, 0), highest);
        bridge.setMinimumFees(assetId, destination, Fees(fee, fee, fee, 0, 0));
    }

    /// @dev The sequence of what is delivered, which the chain does not keep.
    function _inboundSequence(Side memory to, Side memory from) internal returns (uint64) {
        return _sequenceOf[_inbound(to, from)];
    }

    function _inbound(Side memory to, Side memory from) internal returns (bytes32 rollingHash) {
        uint256 chainId = block.chainid;
        vm.chainId(to.chainId);
        rollingHash = to.bridge.inbound(from.chainId);
        vm.chainId(chainId);
    }

    function _laneId(uint256 source, address sourceBridge, uint256 destination, address destinationBridge)
        internal
        pure
        returns (bytes32)
    {
        bytes32 typehash =
            keccak256("Lane(uint256 sourceChainId,address sourceBridge,uint256 destinationChainId,address destinationBridge)");
        return keccak256(abi.encode(typehash, source, sourceBridge, destination, destinationBridge));
    }

    /// @dev What `threshold` validators sign for the lane into `bridge` on `chainId`.
    function _quorum(uint256 chainId, IBridge bridge, bytes32 lane, uint64 sequence, bytes32 rollingHash)
        internal
        view
        returns (Certificate memory)
    {
        return _certify(_digest(chainId, address(bridge), 1, lane, sequence, rollingHash), 1, threshold);
    }

    /// @dev The next delivery of these messages, certified.
    function _delivery(Side memory to, Side memory from, bytes[] memory messages)
        internal
        returns (uint64 first, bytes memory wire, Certificate memory certificate)
    {
        bytes32 rollingHash = _inbound(to, from);
        uint64 sequence = _sequenceOf[rollingHash];
        for (uint256 i; i < messages.length; ++i) {
            rollingHash = _fold(rollingHash, messages[i]);
            wire = bytes.concat(wire, messages[i]);
        }
        first = sequence + 1;
        _sequenceOf[rollingHash] = sequence + uint64(messages.length);
        certificate = _quorum(to.chainId, to.bridge, _laneInto(to, from), sequence + uint64(messages.length), rollingHash);
    }

    function _deliver(Side memory to, Side memory from, bytes[] memory messages) internal {
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(to, from, messages);
        vm.chainId(to.chainId);
        vm.prank(deliverer);
        to.bridge.deliver(_laneInto(to, from), first, wire, certificate);
    }

    function _deliver(Side memory to, Side memory from, bytes memory message) internal {
        _deliver(to, from, _list(message));
    }

    function _list(bytes memory a) internal pure returns (bytes[] memory list) {
        list = new bytes[](1);
        list[0] = a;
    }

    function _list(bytes memory a, bytes memory b) internal pure returns (bytes[] memory list) {
        list = new bytes[](2);
        (list[0], list[1]) = (a, b);
    }

    function _list(bytes memory a, bytes memory b, bytes memory c) internal pure returns (bytes[] memory list) {
        list = new bytes[](3);
        (list[0], list[1], list[2]) = (a, b, c);
    }

    /// @dev Gives `who` tokens at home and sends them to themselves, away.
    function _lock(address who, uint128 amount, uint128 fee) internal {
        vm.chainId(HOME);
        original.mint(who, amount);
        vm.startPrank(who);
        original.approve(address(home), amount);
        home.send(AWAY, ASSET, who, amount, fee);
        vm.stopPrank();
    }

    /// @dev Locks at home and delivers away: `who` then holds amount - fee wrapped tokens.
    function _bring(address who, uint128 amount, uint128 fee) internal {
        _lock(who, amount, fee);
        _deliver(_away(), _home(), _transfer(who, amount, fee));
    }

    function _transfer(address recipient, uint128 amount, uint128 fee) internal pure returns (bytes memory) {
        return abi.encodePacked(uint8(1), ASSET, recipient, amount, fee);
    }

    function _transferTo(address recipient, uint128 amount, uint128 fee, address sender) internal pure returns (bytes memory) {
        return abi.encodePacked(uint8(2), ASSET, recipient, amount, fee, sender);
    }

    function _fold(bytes32 rollingHash, bytes memory message) internal pure returns (bytes32) {
        return keccak256(bytes.concat(rollingHash, keccak256(message)));
    }
}
