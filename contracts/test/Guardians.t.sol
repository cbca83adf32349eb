// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Limit} from "../src/Meters.sol";
import {Fees, Mode} from "../src/interfaces/IBridge.sol";
import {Rotations} from "./support/Rotations.sol";

/// @notice Role 1 stops things and can do nothing else; role 2 sets fees and can do nothing else.
contract GuardiansTest is Rotations {
    bytes[] private _others;

    function setUp() public {
        _makeScene();
        Fees memory none;
        _others.push(abi.encodeCall(home.unpause, ()));
        _others.push(abi.encodeCall(home.unpauseLane, (AWAY)));
        _others.push(abi.encodeCall(home.unpauseAsset, (ASSET)));
        _others.push(abi.encodeCall(home.openLane, (5, address(away))));
        _others.push(abi.encodeCall(home.registerAsset, (8, address(wrapped), Mode.Lock, PLENTY)));
        _others.push(abi.encodeCall(home.setInboundLimit, (ASSET, PLENTY)));
        _others.push(abi.encodeCall(home.setOutboundLimit, (ASSET, PLENTY)));
        _others.push(abi.encodeCall(home.setHold, (ASSET, 1, 1)));
        _others.push(abi.encodeCall(home.setFeeBounds, (ASSET, AWAY, none, none)));
        _others.push(abi.encodeCall(home.announceHandover, (ASSET, address(this))));
        _others.push(abi.encodeCall(home.handover, (ASSET)));
        _others.push(abi.encodeCall(home.sendFor, (alice, AWAY, ASSET, bob, 1, 0)));
        _others.push(abi.encodeCall(IAccessManaged.setAuthority, (address(this))));
    }

    function _assertRefused(address who, bytes memory input) private {
        vm.prank(who);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, who));
        (bool asExpected,) = address(home).call(input);
        assertTrue(asExpected); // of a low-level call, this is whether the error was the expected one
    }

    function test_A_guardian_pauses_cancels_and_ends_the_overlap_at_once() public {
        Set memory next = _set("next", 4);
        _rotate(_first(), 1, next);
        home.rotate(next.members, next.threshold, _order(next, 2, next, 3));
        vm.startPrank(guardian);
        home.pause();
        home.pauseLane(AWAY);
        home.pauseAsset(ASSET);
        home.cancelRotation();
        home.endOverlap();
        vm.stopPrank();
    }

    function test_A_guardian_does_nothing_else() public {
        Fees memory none;
        _allow(home, home.setMinimumFees.selector, FEE_ORACLE);
        _assertRefused(guardian, abi.encodeCall(home.setMinimumFees, (ASSET, AWAY, none)));
        for (uint256 i; i < _others.length; ++i) {
            _assertRefused(guardian, _others[i]);
        }
        bytes memory error = abi.encodeWithSelector(IAccessManager.AccessManagerUnauthorizedAccount.selector, guardian, 0);
        vm.startPrank(guardian);
        vm.expectRevert(error);
        manager.grantRole(GUARDIAN, alice, 0);
        vm.expectRevert(error);
        manager.setTargetClosed(address(home), true);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, guardian));
        wrapped.lowerBridge(address(away), Limit(0, 1 hours));
    }

    function test_A_fee_oracle_does_nothing_but_set_fees() public {
        Fees memory fees = Fees(1, 2, 3, 4, 5);
        _assertRefused(oracle, abi.encodeCall(home.setMinimumFees, (ASSET, AWAY, fees)));
        _allow(home, home.setMinimumFees.selector, FEE_ORACLE);
        vm.prank(oracle);
        home.setMinimumFees(ASSET, AWAY, fees);
        for (uint256 i; i < _others.length; ++i) {
            _assertRefused(oracle, _others[i]);
        }
        _assertRefused(oracle, abi.encodeCall(home.pause, ()));
        _assertRefused(oracle, abi.encodeCall(home.pauseLane, (AWAY)));
        _assertRefused(oracle, abi.encodeCall(home.pauseAsset, (ASSET)));
        _assertRefused(oracle, abi.encodeCall(home.cancelRotation, ()));
        _assertRefused(oracle, abi.encodeCall(home.endOverlap, ()));
    }

    /// @dev What the admin does must be announced to everybody once there is a delay, and can then be done.
    function test_An_admin_with_a_delay_schedules_and_executes_through_the_Bridge() public {
        manager.grantRole(0, carol, 2 days);
        bytes memory input = abi.encodeCall(home.setHold, (ASSET, 1000, 5));
        vm.startPrank(carol);
        vm.expectRevert();
        home.setHold(ASSET, 1000, 5);
        manager.schedule(address(home), input, uint48(_now() + 2 days));
        _later(2 days);
        home.setHold(ASSET, 1000, 5);
        vm.stopPrank();
        (uint128 least,) = home.hold(ASSET);
        assertEq(least, 1000);
    }
}
