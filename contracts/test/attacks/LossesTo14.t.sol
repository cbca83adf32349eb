// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificates} from "../../src/Certificates.sol";
import {ValidatorSets} from "../../src/ValidatorSets.sol";
import {Certificate, IBridge, Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../../src/interfaces/IBridgeEvents.sol";
import {LossWorld} from "../support/LossWorld.sol";

/// @notice Logs what a Bridge would log.
contract LookAlike {
    function send(uint256 chainId, uint64 sequence, bytes32 rollingHash, bytes calldata message) external {
        emit IBridgeEvents.MessageSent(chainId, sequence, msg.sender, rollingHash, message);
    }
}

/// @notice Losses 8 to 14 of bridges before us, on ours.
contract LossesTo14Test is LossWorld {
    /// @dev Not one byte of a delivery can be another one.
    function test_Loss_08_BnbHub() public {
        bytes memory message = _loot(1, UNIT)[0];
        (, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        bytes memory good = abi.encodeCall(home.deliver, (_awayToHome(), 1, wire, certificate));
        uint256 state = vm.snapshotState();
        for (uint256 i; i < good.length; ++i) {
            bytes1 before = good[i];
            good[i] = before ^ 0x01;
            (bool success,) = address(home).call(good);
            // But for the padding that the ABI sets behind bytes, which is no part of anything.
            bool padding = i >= 4 + 6 * 32 + 57 - 32 && i < 4 + 6 * 32 + 64 - 32;
            if (success) assertTrue(padding, vm.toString(i));
            if (success) vm.revertToState(state);
            good[i] = before;
        }
        (bool passes,) = address(home).call(good);
        assertTrue(passes);
    }

    function test_Loss_09_Qubit() public {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.TokenRefused.selector, address(0)));
        home.registerAsset(OTHER, address(0), Mode.Lock, PLENTY);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.TokenRefused.selector, mallory));
        home.registerAsset(OTHER, mallory, Mode.Lock, PLENTY);
        // One way in, and it measures: nothing moved, nothing is credited.
        vm.etch(address(original), hex"600160005260206000f3"); // says 1 to everything
        vm.prank(mallory);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AmountNotReceived.selector, 0, UNIT));
        home.send(AWAY, ASSET, mallory, UNIT, MINIMUM);
    }

    /// @dev One operator is gone for ever: the others deliver, and vote a set without them.
    function test_Loss_10_Multichain() public {
        bytes memory message = _transfer(bob, UNIT, 0);
        bytes32 digest = _digest(HOME, address(home), 1, _awayToHome(), 1, _fold(_awayToHome(), message));
        address[] memory next = new address[](3);
        (next[0], next[1], next[2]) = (members[1], members[2], members[3]);
        bytes32 rotation = _rotationDigest(HOME, home, 2, next, 3);
        home.deliver(_awayToHome(), 1, message, Certificate(1, 14, _byThree(digest)));
        home.rotate(next, 3, Certificate(1, 14, _byThree(rotation)));
        _wait(1 days);
        home.activateRotation();
        assertEq(original.balanceOf(bob), UNIT);
        assertEq(home.epoch(), 2);
    }

    function _byThree(bytes32 digest) private view returns (bytes memory) {
        return bytes.concat(_sign(keys[1], digest), _sign(keys[2], digest), _sign(keys[3], digest));
    }

    /// @dev Signed, but never sent. What was delivered is not what the source says, as everybody can see, and the lane is at its end: no
    /// honest certificate continues a hash that never was.
    function test_Loss_11_Orbit() public {
        _deliver(_home(), _away(), _loot(1, UNIT));
        vm.chainId(AWAY);
        (uint64 sent, bytes32 atSource) = away.outbound(HOME);
        assertEq(sent, 0);
        assertNotEq(home.inbound(AWAY), atSource);
        vm.chainId(HOME);
        bytes memory honest = _transfer(bob, UNIT, 0);
        bytes32 id = _fold(_awayToHome(), honest);
        Certificate memory certificate = _quorum(HOME, home, _awayToHome(), 1, id);
        _expectNobodySigned(certificate, _digest(HOME, address(home), 1, _awayToHome(), 1, _fold(home.inbound(AWAY), honest)));
        home.deliver(_awayToHome(), 1, honest, certificate);
        assertLe(original.balanceOf(mallory), 10 * UNIT);
    }

    function test_Loss_12_Meter() public {
        _stockCoin();
        vm.prank(mallory);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.ValueWrong.selector, 0, 1 ether));
        home.send(AWAY, COIN, mallory, 1 ether, 0); // the coin comes with the call, or it did not come
        home.registerAsset(OTHER, address(new TransfersNothing()), Mode.Lock, PLENTY);
        _setFee(home, OTHER, AWAY, 0);
        vm.prank(mallory);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AmountNotReceived.selector, 0, 1 ether));
        home.send(AWAY, OTHER, mallory, 1 ether, 0);
    }

    /// @dev An event proves nothing; validators compare with one word of the Bridge's own storage, which no look-alike can write.
    function test_Loss_13_ThorChain2021() public {
        (uint64 sequence, bytes32 rollingHash) = home.outbound(AWAY);
        bytes memory message = _transfer(mallory, 50 * UNIT, 0);
        new LookAlike().send(AWAY, sequence + 1, _fold(rollingHash, message), message);
        (uint64 after_, bytes32 hash) = home.outbound(AWAY);
        assertEq(after_, sequence);
        assertEq(hash, rollingHash);
    }

    function test_Loss_14_PNetwork() public {
        LookAlike fake = new LookAlike();
        bytes32 rollingHash = _homeToAway();
        for (uint64 i = 1; i <= 2000; ++i) {
            bytes memory message = _transfer(mallory, i, 0);
            rollingHash = _fold(rollingHash, message);
            fake.send(AWAY, i, rollingHash, message);
        }
        (uint64 sequence, bytes32 hash) = home.outbound(AWAY);
        assertEq(sequence, 1);
        assertEq(hash, _fold(_homeToAway(), _transfer(alice, 100 * UNIT, MINIMUM)));
    }
}

/// @notice Says that it moved what it did not.
contract TransfersNothing {
    function balanceOf(address) external pure returns (uint256) {
        return 5 ether;
    }

    function transferFrom(address, address, uint256) external pure returns (bool) {
        return true;
    }
}
