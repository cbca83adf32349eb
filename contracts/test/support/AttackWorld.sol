// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {WETH} from "solady/tokens/WETH.sol";
import {Certificates} from "../../src/Certificates.sol";
import {Certificate, IBridge, Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgeEvents} from "../../src/interfaces/IBridgeEvents.sol";
import {NoReturnToken} from "../tokens/StrangeTokens.sol";
import {World} from "./World.sol";

/// @notice The world of World.sol, and somebody who wishes it ill.
abstract contract AttackWorld is World {
    uint32 internal constant OTHER = 9;
    uint32 internal constant COIN = 11;

    address internal alice = makeAddr("alice");
    address internal bob = makeAddr("bob");
    address internal carol = makeAddr("carol");
    address internal mallory = makeAddr("mallory");
    WETH internal weth;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        _makeWorld(4);
    }

    /// @dev The compiler takes block.timestamp for the same throughout a test.
    function _now() internal view returns (uint64) {
        return uint64(vm.getBlockTimestamp());
    }

    function _wait(uint256 seconds_) internal {
        vm.warp(_now() + seconds_);
    }

    /// @dev Registers a token at home as OTHER and locks 100 of it for alice.
    function _stock(address token) internal {
        vm.chainId(HOME);
        home.registerAsset(OTHER, token, Mode.Lock, PLENTY);
        _setFee(home, OTHER, AWAY, 0);
        NoReturnToken(token).mint(alice, 100 ether);
        vm.startPrank(alice);
        NoReturnToken(token).approve(address(home), 100 ether);
        home.send(AWAY, OTHER, alice, 100 ether, 0);
        vm.stopPrank();
    }

    /// @dev Registers the chain's own coin at home as COIN and locks 100 of it for alice.
    function _stockCoin() internal {
        vm.chainId(HOME);
        weth = new WETH();
        home.registerAsset(COIN, address(weth), Mode.Native, PLENTY);
        _setFee(home, COIN, AWAY, 0);
        vm.deal(alice, 100 ether);
        vm.prank(alice);
        home.send{value: 100 ether}(AWAY, COIN, alice, 100 ether, 0);
    }

    function _message(uint32 assetId, address to, uint128 amount, uint128 fee) internal pure returns (bytes memory) {
        return abi.encodePacked(uint8(1), assetId, to, amount, fee);
    }

    function _call(uint32 assetId, address to, uint128 amount, uint128 fee, address sender, uint32 gasLimit, bytes memory payload)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodePacked(uint8(3), assetId, to, amount, fee, sender, gasLimit, uint24(payload.length), payload);
    }

    /// @dev Expects the certificate to be refused because its first signature is nobody's over what is presented.
    function _expectNobodySigned(Certificate memory certificate, bytes32 presented) internal {
        address signer = _recover(presented, certificate.signatures);
        vm.expectRevert(abi.encodeWithSelector(Certificates.NotAMember.selector, 0, signer));
    }

    /// @dev Whose the first signature would be.
    function _recover(bytes32 digest, bytes memory signatures) internal pure returns (address) {
        (bytes32 r, bytes32 vs) = (_word(signatures, 0), _word(signatures, 32));
        return ecrecover(digest, uint8(27 + (uint256(vs) >> 255)), r, bytes32(uint256(vs) << 1 >> 1));
    }

    function _word(bytes memory data, uint256 at) internal pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 0x20), at))
        }
    }

    function _expectDeferred(IBridge bridge, bytes32 lane, uint64 sequence, bytes memory message, bytes memory reason) internal {
        vm.expectEmit(address(bridge));
        emit IBridgeEvents.MessageDeferred(lane, sequence, keccak256(message), 0, reason);
    }

    function _assertDeferred(uint64 sequence, bytes memory message) internal view {
        assertEq(home.deferred(_awayToHome(), sequence), message.length == 0 ? bytes32(0) : keccak256(message));
    }

    /// @dev Delivers one message home, which must be deferred for this reason.
    function _deliverDeferred(bytes memory message, bytes memory reason) internal {
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        vm.chainId(HOME);
        _expectDeferred(home, _awayToHome(), first, message, reason);
        home.deliver(_awayToHome(), first, wire, certificate);
    }

    function _rotationDigest(uint256 chainId, IBridge bridge, uint64 epoch, address[] memory next, uint8 threshold_)
        internal
        pure
        returns (bytes32)
    {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Bridge"),
                keccak256("1"),
                chainId,
                bridge
            )
        );
        bytes memory packed;
        for (uint256 i; i < next.length; ++i) {
            packed = abi.encodePacked(packed, bytes20(next[i]));
        }
        bytes32 rotation = keccak256(
            abi.encode(keccak256("Rotation(uint64 epoch,bytes32 members,uint8 threshold)"), epoch, keccak256(packed), threshold_)
        );
        return keccak256(abi.encodePacked(hex"1901", domain, rotation));
    }

    /// @dev Orders the first `n` members as the next set of the away Bridge and puts them in force.
    function _rotateAway(address[] memory next, uint8 threshold_) internal {
        vm.chainId(AWAY);
        uint64 epoch = away.nextEpoch();
        away.rotate(next, threshold_, _certify(_rotationDigest(AWAY, away, epoch, next, threshold_), away.epoch(), threshold));
        _wait(1 days);
        away.activateRotation();
    }
}
