// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Limit} from "../../src/Meters.sol";
import {Fees, Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IBridgedToken} from "../../src/interfaces/IBridgedToken.sol";
import {AttackWorld} from "../support/AttackWorld.sol";

/// @notice Attacks 49 to 51: stolen keys of those who configure. Mallory has the admin's, who waits two days for everything;
/// the guardian's role is set up as the deployment does it.
contract AuthorityTest is AttackWorld {
    uint64 private constant ADMIN = 0;
    uint64 private constant GUARDIAN = 1;
    uint32 private constant DELAY = 2 days;

    address private guardian = makeAddr("guardian");

    function setUp() public override {
        super.setUp();
        _lock(alice, 50 ether, MINIMUM);
        vm.chainId(HOME);
        bytes4[] memory selectors = new bytes4[](5);
        selectors[0] = home.pause.selector;
        selectors[1] = home.pauseLane.selector;
        selectors[2] = home.pauseAsset.selector;
        selectors[3] = home.cancelRotation.selector;
        selectors[4] = home.endOverlap.selector;
        manager.setTargetFunctionRole(address(home), selectors, GUARDIAN);
        manager.grantRole(GUARDIAN, guardian, 0);
        manager.grantRole(ADMIN, mallory, DELAY);
        manager.renounceRole(ADMIN, address(this));
    }

    /// @dev Everything that configures a Bridge or a wrapped token, but for what guardians may do.
    function _powers() private view returns (address[] memory targets, bytes[] memory inputs) {
        (targets, inputs) = (new address[](17), new bytes[](17));
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
        inputs[12] = abi.encodeCall(home.sendFor, (alice, AWAY, ASSET, mallory, 1 ether, MINIMUM));
        inputs[13] = abi.encodeCall(wrapped.announceBridge, (mallory, PLENTY));
        inputs[14] = abi.encodeCall(wrapped.setBridge, (mallory));
        inputs[15] = abi.encodeCall(wrapped.lowerBridge, (address(away), Limit(0, 1)));
        inputs[16] = abi.encodeCall(IAccessManaged.setAuthority, (mallory));
        for (uint256 i; i < 17; ++i) {
            targets[i] = i < 13 || i == 16 ? address(home) : address(wrapped);
        }
    }

    function test_Attack_49_StolenAdminKeyDoesNothingAtOnce() public {
        (address[] memory targets, bytes[] memory inputs) = _powers();
        vm.startPrank(mallory);
        for (uint256 i; i < inputs.length; ++i) {
            bytes32 id = manager.hashOperation(mallory, targets[i], inputs[i]);
            bytes memory error = abi.encodeWithSelector(IAccessManager.AccessManagerNotScheduled.selector, id);
            if (i == 16) error = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, mallory);
            (bool success, bytes memory reason) = targets[i].call(inputs[i]);
            assertFalse(success);
            assertEq(reason, error);
        }
        // Nor do the powers over powers.
        uint64 everybody = manager.PUBLIC_ROLE();
        bytes4 notScheduled = IAccessManager.AccessManagerNotScheduled.selector;
        vm.expectPartialRevert(notScheduled);
        manager.grantRole(ADMIN, alice, 0);
        vm.expectPartialRevert(notScheduled);
        manager.updateAuthority(address(home), address(wrapped));
        vm.expectPartialRevert(notScheduled);
        manager.setTargetFunctionRole(address(home), new bytes4[](1), everybody);
        vm.stopPrank();
    }

    function test_Attack_49_StolenAdminKeyIsSeenForTwoDaysAndCannotTouchTheVaultForNine() public {
        bytes memory announces = abi.encodeCall(home.announceHandover, (ASSET, mallory));
        vm.startPrank(mallory);
        (bytes32 id,) = manager.schedule(address(home), announces, 0);
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerNotReady.selector, id));
        manager.execute(address(home), announces);
        _wait(DELAY);
        manager.execute(address(home), announces);

        bytes memory takes = abi.encodeCall(home.handover, (ASSET));
        manager.schedule(address(home), takes, 0);
        _wait(DELAY);
        (, uint64 readyAt) = home.pendingHandover(ASSET);
        assertEq(readyAt, _now() + 5 days);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.HandoverTooEarly.selector, readyAt));
        manager.execute(address(home), takes);
        vm.stopPrank();
        assertEq(home.asset(ASSET).locked, 50 ether);
        _deliver(_home(), _away(), _transfer(alice, 20 ether, 0)); // all the while users leave
        assertEq(original.balanceOf(alice), 20 ether);
    }

    function test_Attack_49_StolenGuardianKeyPausesAndNoMore() public {
        (address[] memory targets, bytes[] memory inputs) = _powers();
        vm.startPrank(guardian);
        for (uint256 i; i < inputs.length; ++i) {
            (bool success, bytes memory reason) = targets[i].call(inputs[i]);
            assertFalse(success);
            assertEq(reason, abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, guardian));
        }
        vm.expectRevert(IBridgeErrors.NoRotationPending.selector);
        home.cancelRotation();
        vm.expectRevert(IBridgeErrors.NoOverlap.selector);
        home.endOverlap();
        home.pauseAsset(ASSET);
        home.pauseLane(AWAY);
        home.pause();
        vm.stopPrank();
    }

    function test_Attack_50_RolesThatLoopOrLead() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerBadConfirmation.selector));
        manager.renounceRole(GUARDIAN, mallory); // nobody renounces by mistake, or for another
        AccessManager fresh = _newManager();
        uint64 everybody = fresh.PUBLIC_ROLE();
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerLockedRole.selector, ADMIN));
        fresh.setRoleAdmin(ADMIN, GUARDIAN); // the root of all roles cannot be put below one of them
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerLockedRole.selector, everybody));
        fresh.grantRole(everybody, mallory, 0);
        fresh.grantRole(GUARDIAN, guardian, 0);
        fresh.setRoleAdmin(GUARDIAN, GUARDIAN); // a loop: guardians appoint guardians
        vm.startPrank(guardian);
        fresh.grantRole(GUARDIAN, mallory, 0);
        vm.expectPartialRevert(IAccessManager.AccessManagerUnauthorizedAccount.selector);
        fresh.grantRole(ADMIN, guardian, 0);
        vm.stopPrank();
    }

    function test_Attack_50_AuthorityThatIsNobody() public {
        vm.startPrank(mallory);
        bytes memory leads = abi.encodeCall(manager.updateAuthority, (address(home), alice));
        manager.schedule(address(manager), leads, 0);
        _wait(DELAY);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedInvalidAuthority.selector, alice));
        manager.execute(address(manager), leads);
        // With no admin left, a Bridge goes on as it is.
        manager.renounceRole(ADMIN, mallory);
        vm.stopPrank();
        _deliver(_home(), _away(), _transfer(bob, 5 ether, MINIMUM));
        assertEq(original.balanceOf(bob), 5 ether - MINIMUM);
        _lock(alice, 1 ether, MINIMUM);
    }

    function test_Attack_51_MintRightForOthers() public {
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.BridgeRefused.selector, mallory));
        vm.prank(mallory);
        wrapped.crosschainMint(bob, 1);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.BridgeRefused.selector, mallory));
        vm.prank(mallory);
        wrapped.crosschainMintMany("", mallory);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.BridgeRefused.selector, mallory));
        vm.prank(mallory);
        wrapped.crosschainBurn(alice, 1);

        bytes memory names = abi.encodeCall(wrapped.announceBridge, (mallory, PLENTY));
        bytes memory sets = abi.encodeCall(wrapped.setBridge, (mallory));
        vm.startPrank(mallory);
        manager.schedule(address(wrapped), names, 0);
        _wait(DELAY);
        manager.execute(address(wrapped), names);
        uint64 readyAt = _now() + 7 days;
        manager.schedule(address(wrapped), sets, 0);
        _wait(DELAY);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.AnnouncedTooLate.selector, readyAt));
        manager.execute(address(wrapped), sets);
        vm.stopPrank();
        assertFalse(wrapped.isBridge(mallory));
    }

    /// @dev Whatever is minted away, home pays no more than was locked.
    function test_Attack_51_MintAboveWhatIsLocked() public {
        vm.prank(address(away)); // as if the away Bridge itself were broken
        wrapped.crosschainMint(mallory, 1000 ether);
        vm.chainId(AWAY);
        vm.prank(mallory);
        away.send(HOME, ASSET, mallory, 1000 ether, MINIMUM);
        bytes memory message = _transfer(mallory, 1000 ether, MINIMUM);
        _deliverDeferred(
            message, abi.encodeWithSelector(IBridgeErrors.InsufficientLocked.selector, ASSET, 50 ether, 1000 ether)
        );
        assertEq(original.balanceOf(mallory), 0);
    }
}
