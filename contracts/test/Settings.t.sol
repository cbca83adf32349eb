// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Errors} from "@openzeppelin/contracts/utils/Errors.sol";
import {Certificate, Fees, IBridge, Mode} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {Limit} from "../src/Meters.sol";
import {Scenes} from "./support/Scenes.sol";

/// @notice The code that a Bridge runs as its own, and what it does for whoever calls it without a Bridge: nothing.
contract SettingsTest is Scenes {
    IBridge private bare;

    function setUp() public {
        _makeScene();
        bare = IBridge(home.settings());
    }

    function _refused(bytes memory input) private {
        address[3] memory callers = [address(this), address(home), alice];
        for (uint256 i; i < 3; ++i) {
            vm.prank(callers[i]);
            vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, callers[i]));
            (bool asExpected,) = address(bare).call(input);
            assertTrue(asExpected); // of a low-level call, this is whether the error was the expected one
        }
    }

    function test_Called_by_itself_it_refuses_everybody() public {
        Fees memory none;
        _refused(abi.encodeCall(home.openLane, (5, address(away))));
        _refused(abi.encodeCall(home.registerAsset, (8, address(original), Mode.Lock, PLENTY)));
        _refused(abi.encodeCall(home.setInboundLimit, (ASSET, PLENTY)));
        _refused(abi.encodeCall(home.setOutboundLimit, (ASSET, PLENTY)));
        _refused(abi.encodeCall(home.setHold, (ASSET, 1, 1)));
        _refused(abi.encodeCall(home.setFeeBounds, (ASSET, AWAY, none, none)));
        _refused(abi.encodeCall(home.setMinimumFees, (ASSET, AWAY, none)));
        _refused(abi.encodeCall(home.pause, ()));
        _refused(abi.encodeCall(home.pauseLane, (AWAY)));
        _refused(abi.encodeCall(home.pauseAsset, (ASSET)));
        _refused(abi.encodeCall(home.unpause, ()));
        _refused(abi.encodeCall(home.unpauseLane, (AWAY)));
        _refused(abi.encodeCall(home.unpauseAsset, (ASSET)));
        _refused(abi.encodeCall(home.cancelRotation, ()));
        _refused(abi.encodeCall(home.endOverlap, ()));
        _refused(abi.encodeCall(home.announceHandover, (ASSET, alice)));
        _refused(abi.encodeCall(home.handover, (ASSET)));
        _refused(abi.encodeCall(IAccessManaged.setAuthority, (address(manager))));
    }

    /// @dev It has no validators, so that no signatures at all would be all of theirs.
    function test_Nobody_rotates_validators_that_there_are_not() public {
        for (uint64 epoch; epoch < 2; ++epoch) {
            vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.WrongEpoch.selector, epoch, 0));
            bare.rotate(members, threshold, Certificate(epoch, 0, ""));
        }
        vm.expectRevert(IBridgeErrors.NoRotationPending.selector);
        bare.activateRotation();
        assertEq(bare.epoch(), 0);
    }

    function test_It_has_nothing_and_knows_nobody() public {
        assertEq(IAccessManaged(address(bare)).authority(), address(0));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownEpoch.selector, 0, 0));
        bare.validatorSet(0);
        assertEq(uint8(bare.asset(ASSET).mode), 0);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownAsset.selector, ASSET));
        bare.inboundLimit(ASSET);
        (, bool set) = bare.minimumFees(ASSET, AWAY);
        assertFalse(set);
        (uint64 a, uint64 b, uint64 c) = bare.pausedUntil(AWAY, ASSET);
        assertEq(a + b + c, 0);
    }

    function test_A_Bridge_without_settings_is_not_deployed() public {
        bytes memory code =
            abi.encodePacked(vm.getCode("Bridge.sol:Bridge"), abi.encode(address(manager), alice, members, threshold));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.SettingsWithoutCode.selector, alice));
        _create(code);
    }

    function test_What_neither_knows_reverts() public {
        (bool success, bytes memory data) = address(home).call(abi.encodeWithSignature("nothing()"));
        assertFalse(success);
        assertEq(bytes4(data), Errors.FailedCall.selector);
        (success,) = address(home).call("");
        assertFalse(success);
        (success,) = address(home).call(hex"aabbcc");
        assertFalse(success);
    }

    /// @dev What the settings write in the Bridge's storage is what the Bridge reads, and the other way round: one layout.
    function test_Bridge_and_settings_mean_the_same_by_what_is_stored() public {
        home.setInboundLimit(ASSET, Limit(1000, 100));
        _lock(alice, 1000, 0);
        assertEq(home.asset(ASSET).locked, 1000); // written by the Bridge, read by the settings
        _deliver(_home(), _away(), _transfer(bob, 400, 0));
        (, uint256 available) = home.inboundLimit(ASSET);
        assertEq(available, 600);
        home.openLane(5, alice); // written by the settings, read by the Bridge
        (, bytes32 rollingHash) = home.outbound(5);
        assertEq(rollingHash, _laneId(HOME, address(home), 5, alice));
        assertEq(home.epoch(), 1);
        (address[] memory found, uint8 least) = home.validatorSet(1); // written by the Bridge's constructor
        assertEq(found, members);
        assertEq(least, threshold);
        assertEq(IAccessManaged(address(home)).authority(), address(manager));
        assertEq(bare.asset(ASSET).token, address(0)); // and nothing of it in the settings' own storage
    }

    function test_The_domain_and_the_times_are_told_through_the_Bridge() public view {
        (bytes1 fields, string memory name, string memory version, uint256 chainId, address at, bytes32 salt, uint256[] memory more) =
            home.eip712Domain();
        assertEq(fields, hex"0f");
        assertEq(name, "Bridge");
        assertEq(version, "1");
        assertEq(chainId, HOME);
        assertEq(at, address(home));
        assertEq(salt, 0);
        assertEq(more.length, 0);
        assertEq(home.PAUSE(), 3 days);
        assertEq(home.ROTATION_DELAY(), 1 days);
        assertEq(home.OVERLAP(), 1 days);
        assertEq(home.HANDOVER_DELAY(), 7 days);
        assertEq(home.REFUND_DELAY(), 7 days);
    }
}
