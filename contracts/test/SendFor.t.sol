// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Messages} from "../src/Messages.sol";
import {Call, Fees} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {Scenes} from "./support/Scenes.sol";

/// @notice In whose name messages are sent.
contract SendForTest is Scenes {
    function setUp() public {
        _makeScene();
        home.setMinimumFees(ASSET, AWAY, Fees(10, 20, 0, 0, 0));
        original.mint(carol, 1000);
        vm.prank(carol);
        original.approve(address(home), 1000);
        _allow(home, home.sendFor.selector, 9);
        manager.grantRole(9, carol, 0);
    }

    function test_Who_has_the_role_sends_its_own_tokens_in_the_name_of_others() public {
        bytes memory message = _message(ASSET, bob, 100, 20, alice);
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageSent(AWAY, 1, alice, _fold(_homeToAway(), message), message);
        vm.startPrank(carol);
        (uint64 sequence, bytes32 id) = home.sendFor(alice, AWAY, ASSET, bob, 100, 20);
        assertEq(sequence, 1);
        assertEq(id, _fold(_homeToAway(), message));
        assertEq(original.balanceOf(carol), 900);
        assertEq(home.asset(ASSET).locked, 100);

        // The fee is that of the kind: 1 where the sender that is named is the recipient.
        home.sendFor(alice, AWAY, ASSET, alice, 100, 10);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.FeeTooLow.selector, 10, 20));
        home.sendFor(alice, AWAY, ASSET, carol, 100, 10);
    }

    function test_Nobody_else_does() public {
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, alice));
        home.sendFor(alice, AWAY, ASSET, bob, 100, 20);
    }

    function test_A_call_names_its_caller() public {
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.SenderNotCaller.selector, carol, alice));
        home.sendCall(Call(AWAY, ASSET, carol, bob, 100, 20, 1, ""));
    }

    function test_A_payload_fits_into_its_length() public {
        Call memory call = Call(AWAY, ASSET, carol, bob, 0, 0, 1, new bytes(1 << 24));
        vm.startPrank(carol);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.PayloadTooLong.selector, 1 << 24, Messages.MAX_PAYLOAD));
        home.sendCall(call);
        call.payload = new bytes(Messages.MAX_PAYLOAD);
        home.sendCall(call);
    }
}
