// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Intent, IIntents} from "../../src/interfaces/IIntents.sol";
import {IPermit2State, Permit2World} from "../support/Permit2World.sol";
import {ERC20} from "solady/tokens/ERC20.sol";

/// @notice Whoever sees a signature on its way tries to have more of it than was meant.
contract PermitAttacks is Permit2World {
    address private attacker = vm.addr(strangerKey);

    function setUp() public {
        _makeIntents();
    }

    function test_Attack_54_PermitReplayFrontRunOtherOwnerAndPermit2Witness() public {
        _frontRunAndReplayThePermit();
        _useAnothersAllowance();
        _alterAndReplayThePermit2Witness();
        assertEq(original.balanceOf(attacker), 0);
        assertEq(original.balanceOf(owner), 90 ether - 10.5 ether);
        assertEq(home.asset(ASSET).locked, 20 ether);
        _assertNothingStays(intents, address(original));
    }

    function _frontRunAndReplayThePermit() private {
        Intent memory intent = _intent();
        intent.relayerFee = 0;
        (uint8 v, bytes32 r, bytes32 s) = _permit(ownerKey, original, address(intents), 10 ether, block.timestamp);
        vm.startPrank(attacker);
        vm.expectRevert(abi.encodeWithSelector(IIntents.OnlyOwner.selector, owner, attacker));
        intents.sendWithPermit(intent, block.timestamp, v, r, s);
        original.permit(owner, address(intents), 10 ether, block.timestamp, v, r, s);
        vm.stopPrank();

        vm.prank(owner);
        intents.sendWithPermit(intent, block.timestamp, v, r, s);
        assertEq(original.balanceOf(owner), 90 ether);

        vm.prank(attacker);
        vm.expectRevert(abi.encodeWithSelector(ERC20.InvalidPermit.selector));
        original.permit(owner, address(intents), 10 ether, block.timestamp, v, r, s);
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(ERC20.InsufficientAllowance.selector));
        intents.sendWithPermit(intent, block.timestamp, v, r, s);
    }

    /// @dev The owner has allowed everything to Intents and to Permit2, and signed nothing more.
    function _useAnothersAllowance() private {
        _approve(address(original), address(intents), type(uint256).max);
        _approve(address(original), permit2, type(uint256).max);
        Intent memory intent = _intent();
        intent.recipient = attacker;
        (uint8 v, bytes32 r, bytes32 s) = _permit(strangerKey, original, address(intents), 10.5 ether, block.timestamp);
        bytes memory signature = _signature(strangerKey, _intentDigest(intents, intent));
        bytes memory witness = _permitted(strangerKey, address(intents), intent);
        vm.startPrank(attacker);
        vm.expectRevert(abi.encodeWithSelector(IIntents.OnlyOwner.selector, owner, attacker));
        intents.sendWithPermit(intent, block.timestamp, v, r, s);
        vm.expectRevert(abi.encodeWithSelector(IIntents.SignatureRefused.selector, owner));
        intents.sendFor(intent, signature);
        vm.expectRevert(abi.encodeWithSelector(IPermit2State.InvalidSigner.selector));
        intents.sendWithPermit2(intent, witness);
        intent.owner = attacker; // who has nothing
        vm.expectRevert(abi.encodeWithSelector(ERC20.InsufficientAllowance.selector));
        intents.sendWithPermit(intent, block.timestamp + 1, v, r, s);
        vm.stopPrank();
        assertEq(original.balanceOf(owner), 90 ether);
    }

    function _alterAndReplayThePermit2Witness() private {
        Intent memory intent = _intent();
        bytes memory signature = _permitted(ownerKey, address(intents), intent);
        vm.startPrank(attacker);
        intent.recipient = attacker;
        vm.expectRevert(abi.encodeWithSelector(IPermit2State.InvalidSigner.selector));
        intents.sendWithPermit2(intent, signature);
        intent.recipient = recipient;
        (intent.amount, intent.relayerFee) = (intent.relayerFee, intent.amount);
        vm.expectRevert(abi.encodeWithSelector(IPermit2State.InvalidSigner.selector));
        intents.sendWithPermit2(intent, signature);
        (intent.amount, intent.relayerFee) = (intent.relayerFee, intent.amount);
        vm.stopPrank();
        _refusesDirectly(intent, attacker, signature);

        vm.prank(relayer);
        intents.sendWithPermit2(intent, signature);
        vm.prank(attacker);
        vm.expectRevert(abi.encodeWithSelector(IPermit2State.InvalidNonce.selector));
        intents.sendWithPermit2(intent, signature);
    }
}
