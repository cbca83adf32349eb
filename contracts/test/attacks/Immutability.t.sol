// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Errors} from "@openzeppelin/contracts/utils/Errors.sol";
import {ValidatorSets} from "../../src/ValidatorSets.sol";
import {Certificate, Fees, IBridge, Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {AttackWorld} from "../support/AttackWorld.sol";
import {Opcodes} from "../support/Opcodes.sol";

/// @notice Attacks 46 to 48. There is no proxy, no upgrade and no initializer; half of a Bridge's code lives in its Settings.
contract ImmutabilityTest is AttackWorld {
    /// @dev What the Settings write is where the Bridge reads it, and the other way round: both are code over one layout.
    function test_Attack_46_StorageLayoutOfBothHalves() public {
        _lock(alice, 50 ether, MINIMUM);
        vm.prank(alice);
        original.approve(address(home), 100 ether);
        original.mint(alice, 100 ether);
        Fees memory fees = Fees(MINIMUM, MINIMUM, MINIMUM, 0, 0);

        bytes memory sends = abi.encodeCall(home.send, (AWAY, ASSET, alice, 1 ether, MINIMUM));
        _assertShared(abi.encodeCall(home.setMinimumFees, (ASSET, AWAY, fees)), sends); // routes
        _assertShared(abi.encodeCall(home.setOutboundLimit, (ASSET, PLENTY)), abi.encodeCall(home.outboundLimit, (ASSET)));
        _wait(1 hours); // it starts empty
        _assertShared(sends, abi.encodeCall(home.asset, (ASSET))); // vault
        _assertShared(abi.encodeCall(home.pauseLane, (AWAY)), abi.encodeCall(home.outbound, (AWAY))); // lane words
        _wait(3 days);

        bytes memory delivers = _deliveryInput(_transfer(bob, 1 ether, 0));
        _assertShared(abi.encodeCall(home.setInboundLimit, (ASSET, PLENTY)), delivers); // vault
        _wait(1 hours);
        delivers = _deliveryInput(_transfer(bob, 1 ether, 0));
        _assertShared(abi.encodeCall(home.setHold, (ASSET, 10 ether, 60)), delivers); // assets
        _assertShared(_rotationInput(), abi.encodeCall(home.pendingRotation, ()));
        _wait(1 days);
        delivers = _deliveryInput(_transfer(bob, 1 ether, 0));
        _assertShared(abi.encodeCall(home.activateRotation, ()), delivers); // head, past, sets
        _assertShared(abi.encodeCall(home.openLane, (5, address(away))), abi.encodeCall(home.inbound, (5)));

        // And nothing of it stands in the Settings' own storage.
        for (uint256 slot; slot < 64; ++slot) {
            assertEq(vm.load(home.settings(), bytes32(slot)), 0);
        }
    }

    function _assertShared(bytes memory writes, bytes memory reads) private {
        bytes32[] memory written = _accesses(writes, true);
        bytes32[] memory read = _accesses(reads, false);
        for (uint256 i; i < written.length; ++i) {
            for (uint256 j; j < read.length; ++j) {
                if (written[i] == read[j]) return;
            }
        }
        fail();
    }

    function _accesses(bytes memory input, bool writes) private returns (bytes32[] memory) {
        vm.chainId(HOME);
        if (bytes4(input) == home.send.selector) vm.prank(alice);
        vm.record();
        (bool success, bytes memory reason) = address(home).call(input);
        assertTrue(success, vm.toString(reason));
        (bytes32[] memory read, bytes32[] memory written) = vm.accesses(address(home));
        return writes ? written : read;
    }

    function _deliveryInput(bytes memory message) private returns (bytes memory) {
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        return abi.encodeCall(home.deliver, (_awayToHome(), first, wire, certificate));
    }

    function _rotationInput() private view returns (bytes memory) {
        bytes32 digest = _rotationDigest(HOME, home, 2, members, 4);
        return abi.encodeCall(home.rotate, (members, 4, _certify(digest, 1, threshold)));
    }

    function test_Attack_47_InitializersAndUpgrades() public {
        string[10] memory foreign = [
            "initialize()", "initialize(address)", "reinitialize(uint64)", "upgradeTo(address)", "upgradeToAndCall(address,bytes)",
            "proxiableUUID()", "transferOwnership(address)", "setSettings(address)", "setThreshold(uint256)", "kill()"
        ];
        for (uint256 i; i < foreign.length; ++i) {
            (bool success, bytes memory reason) = address(home).call(abi.encodeWithSignature(foreign[i], mallory, ""));
            assertFalse(success);
            assertEq(bytes4(reason), Errors.FailedCall.selector);
        }
        bytes32 implementation = bytes32(uint256(keccak256("eip1967.proxy.implementation")) - 1);
        bytes32 admin = bytes32(uint256(keccak256("eip1967.proxy.admin")) - 1);
        assertEq(vm.load(address(home), implementation) | vm.load(address(home), admin), 0);
    }

    function test_Attack_47_NoCodeThatCouldBeReplacedOrDestroyed() public view {
        address[4] memory all = [address(home), home.settings(), home.gateway(), address(wrapped)];
        for (uint256 i; i < all.length; ++i) {
            assertEq(Opcodes.count(all[i].code, 0xff), 0); // SELFDESTRUCT
            assertEq(Opcodes.count(all[i].code, 0xf2), 0); // CALLCODE
            assertEq(Opcodes.count(all[i].code, 0xf4), i == 0 ? 1 : 0); // DELEGATECALL: the Bridge's, into its Settings
        }
    }

    function test_Attack_47_SettingsAloneRefuseEverybody() public {
        IBridge alone = IBridge(home.settings());
        bytes[] memory inputs = _restricted();
        for (uint256 i; i < inputs.length; ++i) {
            (bool success, bytes memory reason) = address(alone).call(inputs[i]);
            assertFalse(success);
            assertEq(reason, abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        }
        // Nor is there a set of which nobody could be a quorum.
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, 0, 0));
        alone.rotate(members, threshold, Certificate(0, 0, ""));
        vm.expectRevert(IBridgeErrors.NoRotationPending.selector);
        alone.activateRotation();
    }

    function _restricted() private view returns (bytes[] memory inputs) {
        inputs = new bytes[](17);
        inputs[0] = abi.encodeCall(home.openLane, (5, mallory));
        inputs[1] = abi.encodeCall(home.registerAsset, (8, address(wrapped), Mode.Lock, PLENTY));
        inputs[2] = abi.encodeCall(home.setInboundLimit, (ASSET, PLENTY));
        inputs[3] = abi.encodeCall(home.setOutboundLimit, (ASSET, PLENTY));
        inputs[4] = abi.encodeCall(home.setHold, (ASSET, 0, 0));
        inputs[5] = abi.encodeCall(home.setFeeBounds, (ASSET, AWAY, Fees(0, 0, 0, 0, 0), Fees(0, 0, 0, 0, 0)));
        inputs[6] = abi.encodeCall(home.setMinimumFees, (ASSET, AWAY, Fees(0, 0, 0, 0, 0)));
        inputs[7] = abi.encodeCall(home.announceHandover, (ASSET, mallory));
        inputs[8] = abi.encodeCall(home.handover, (ASSET));
        inputs[9] = abi.encodeCall(home.unpause, ());
        inputs[10] = abi.encodeCall(home.unpauseLane, (AWAY));
        inputs[11] = abi.encodeCall(home.unpauseAsset, (ASSET));
        inputs[12] = abi.encodeCall(home.pause, ());
        inputs[13] = abi.encodeCall(home.pauseLane, (AWAY));
        inputs[14] = abi.encodeCall(home.pauseAsset, (ASSET));
        inputs[15] = abi.encodeCall(home.cancelRotation, ());
        inputs[16] = abi.encodeCall(home.endOverlap, ());
    }

    /// @dev No upgrade can forget to set the threshold: the constructor sets it, and a rotation carries it along.
    function test_Attack_48_SetWithoutAThreshold() public {
        vm.chainId(AWAY);
        for (uint8 low; low < 3; ++low) {
            Certificate memory certificate = _certify(_rotationDigest(AWAY, away, 2, members, low), 1, threshold);
            vm.expectRevert(abi.encodeWithSelector(ValidatorSets.ThresholdTooLow.selector, low, 3));
            away.rotate(members, low, certificate);
        }
        address settings = away.settings();
        _rotateAway(members, 4);
        (, uint8 least) = away.validatorSet(away.epoch());
        assertEq(least, 4);
        assertEq(away.settings(), settings);

        // One epoch has no set until it is in force, and a certificate for it authorises nothing.
        bytes memory message = _transfer(mallory, 1 ether, 0);
        for (uint64 epoch; epoch < 5; ++epoch) {
            if (epoch == 1 || epoch == 2) continue;
            vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, epoch, 2));
            away.deliver(_homeToAway(), 1, message, Certificate(epoch, 0, ""));
        }
    }
}
