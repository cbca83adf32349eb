// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Bridge} from "../src/Bridge.sol";
import {Limit} from "../src/Meters.sol";
import {Certificate, Mode} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {FalseToken, HookToken, HostileToken, NoReturnToken} from "./tokens/StrangeTokens.sol";
import {World} from "./support/World.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Vm} from "forge-std/Vm.sol";

/// @notice What fails is deferred, alone, and can be retried. Deliveries here go home, where tokens of others are released.
contract DeferralTest is World {
    uint32 private constant OTHER = 9;
    address private alice = makeAddr("alice");
    address private bob = makeAddr("bob");
    address private carol = makeAddr("carol");

    function setUp() public {
        _makeWorld(4);
    }

    function _message(uint32 assetId, address to, uint128 amount, uint128 fee) private pure returns (bytes memory) {
        return abi.encodePacked(uint8(1), assetId, to, amount, fee);
    }

    /// @dev Registers a token at home and locks 100 of it.
    function _stock(address token) private {
        vm.chainId(HOME);
        home.registerAsset(OTHER, token, Mode.Lock, PLENTY);
        _setFee(home, OTHER, AWAY, 0);
        NoReturnToken(token).mint(alice, 100 ether);
        vm.startPrank(alice);
        NoReturnToken(token).approve(address(home), 100 ether);
        home.send(AWAY, OTHER, alice, 100 ether, 0);
        vm.stopPrank();
    }

    function _assertDeferred(uint64 sequence, bytes memory message) private view {
        assertEq(home.deferred(_awayToHome(), sequence), message.length == 0 ? bytes32(0) : keccak256(message));
    }

    function test_A_blacklisted_recipient_defers_its_message_and_no_other() public {
        NoReturnToken token = new NoReturnToken();
        _stock(address(token));
        token.setBlacklisted(bob, true);
        bytes memory refused = _message(OTHER, bob, 5 ether, 1 ether);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(
            _home(), _away(), _list(_message(OTHER, alice, 5 ether, 1 ether), refused, _message(OTHER, carol, 5 ether, 1 ether))
        );
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageDeferred(
            _awayToHome(), 2, keccak256(refused), 0, abi.encodeWithSelector(NoReturnToken.Blacklisted.selector, bob)
        );
        vm.chainId(HOME);
        vm.prank(deliverer);
        home.deliver(_awayToHome(), first, wire, certificate);

        assertEq(token.balanceOf(alice), 4 ether);
        assertEq(token.balanceOf(bob), 0);
        assertEq(token.balanceOf(carol), 4 ether);
        assertEq(token.balanceOf(deliverer), 2 ether);
        assertEq(home.asset(OTHER).locked, 90 ether);
        _assertDeferred(1, "");
        _assertDeferred(2, refused);
        _assertDeferred(3, "");
        uint64 sequence = _inboundSequence(_home(), _away());
        assertEq(sequence, 3);
    }

    function test_A_deferred_message_is_retried_by_anyone_who_then_gets_the_fee() public {
        NoReturnToken token = new NoReturnToken();
        _stock(address(token));
        token.setBlacklisted(bob, true);
        bytes memory message = _message(OTHER, bob, 5 ether, 1 ether);
        _deliver(_home(), _away(), message);

        vm.expectRevert(
            abi.encodeWithSelector(IBridgeErrors.RetryFailed.selector, abi.encodeWithSelector(NoReturnToken.Blacklisted.selector, bob))
        );
        home.retry(_awayToHome(), 1, message);
        _assertDeferred(1, message);

        token.setBlacklisted(bob, false);
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageRetried(_awayToHome(), 1, carol);
        vm.prank(carol);
        home.retry(_awayToHome(), 1, message);
        assertEq(token.balanceOf(bob), 4 ether);
        assertEq(token.balanceOf(carol), 1 ether);
        assertEq(home.asset(OTHER).locked, 95 ether);
        _assertDeferred(1, "");

        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.NotDeferred.selector, _awayToHome(), 1));
        home.retry(_awayToHome(), 1, message);
    }

    function test_A_retry_needs_the_message_that_was_deferred() public {
        bytes memory message = _message(OTHER, bob, 5 ether, 1 ether); // an asset that is not registered
        _deliver(_home(), _away(), message);
        bytes memory other = _message(OTHER, alice, 5 ether, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.WrongMessage.selector, keccak256(other), keccak256(message)));
        home.retry(_awayToHome(), 1, other);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.NotDeferred.selector, _awayToHome(), 2));
        home.retry(_awayToHome(), 2, message);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLaneId.selector, bytes32("lane")));
        home.retry("lane", 1, message);
    }

    function test_A_message_of_an_unregistered_asset_waits_for_it() public {
        bytes memory message = _message(OTHER, bob, 5 ether, 1 ether);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        vm.chainId(HOME);
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageDeferred(
            _awayToHome(), 1, keccak256(message), 0, abi.encodeWithSelector(IBridgeErrors.UnknownAsset.selector, OTHER)
        );
        home.deliver(_awayToHome(), first, wire, certificate);

        NoReturnToken token = new NoReturnToken();
        _stock(address(token));
        home.retry(_awayToHome(), 1, message);
        assertEq(token.balanceOf(bob), 4 ether);
    }

    function test_More_than_is_locked_is_never_released() public {
        _lock(alice, 5 ether, MINIMUM);
        bytes memory message = _transfer(bob, 5 ether + 1, 0);
        original.mint(address(home), 100 ether); // a donation is not locked for anyone
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageDeferred(
            _awayToHome(),
            1,
            keccak256(message), 0,
            abi.encodeWithSelector(IBridgeErrors.InsufficientLocked.selector, ASSET, 5 ether, 5 ether + 1)
        );
        home.deliver(_awayToHome(), first, wire, certificate);
        assertEq(home.asset(ASSET).locked, 5 ether);
        _assertDeferred(1, message);
    }

    function test_Of_a_run_that_asks_for_too_much_the_earlier_messages_are_paid() public {
        _lock(alice, 5 ether, MINIMUM);
        _deliver(_home(), _away(), _list(_transfer(alice, 4 ether, 0), _transfer(bob, 2 ether, 0), _transfer(carol, 1 ether, 0)));
        assertEq(original.balanceOf(alice), 4 ether);
        assertEq(original.balanceOf(bob), 0);
        assertEq(original.balanceOf(carol), 1 ether);
        assertEq(home.asset(ASSET).locked, 0);
        _assertDeferred(2, _transfer(bob, 2 ether, 0));
    }

    function test_Recipients_that_could_never_move_the_tokens_are_deferred() public {
        _lock(alice, 50 ether, MINIMUM);
        address[2] memory recipients = [address(home), address(original)];
        for (uint64 i; i < recipients.length; ++i) {
            bytes memory message = _transfer(recipients[i], 1 ether, 0);
            _deliver(_home(), _away(), message);
            _assertDeferred(i + 1, message);
        }
        address[3] memory mintRecipients = [address(0), address(away), address(wrapped)];
        for (uint64 i; i < mintRecipients.length; ++i) {
            bytes memory message = _transfer(mintRecipients[i], 1 ether, 0);
            _deliver(_away(), _home(), message);
            assertEq(away.deferred(_homeToAway(), i + 1), keccak256(message));
        }
        assertEq(wrapped.totalSupply(), 0);
        assertEq(home.asset(ASSET).locked, 50 ether);
    }

    function test_A_token_that_says_false_defers() public {
        FalseToken token = new FalseToken();
        _stock(address(token));
        token.setRefuses(true);
        bytes memory message = _message(OTHER, bob, 5 ether, 0);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageDeferred(
            _awayToHome(), 1, keccak256(message), 0, abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token))
        );
        vm.chainId(HOME);
        home.deliver(_awayToHome(), first, wire, certificate);
        assertEq(home.asset(OTHER).locked, 100 ether);

        token.setRefuses(false);
        home.retry(_awayToHome(), 1, message);
        assertEq(token.balanceOf(bob), 5 ether);
    }

    function test_A_bridge_whose_right_was_ended_defers_until_it_has_it_again() public {
        Limit memory before = wrapped.meter(address(away)).limit();
        wrapped.lowerBridge(address(away), Limit(0, before.period));
        bytes memory message = _transfer(alice, 5 ether, MINIMUM);
        _deliver(_away(), _home(), message);
        assertEq(away.deferred(_homeToAway(), 1), keccak256(message));
        assertEq(wrapped.totalSupply(), 0);
        wrapped.announceBridge(address(away), PLENTY);
        vm.warp(block.timestamp + 7 days);
        wrapped.setBridge(address(away));
        vm.warp(block.timestamp + 1 hours); // the bucket starts empty
        away.retry(_homeToAway(), 1, message);
        assertEq(wrapped.balanceOf(alice), 5 ether - MINIMUM);
    }

    function test_Of_what_a_failed_effect_returns_256_bytes_are_kept() public {
        HostileToken token = new HostileToken();
        _stock(address(token));
        token.setWay(HostileToken.Way.Bomb);
        bytes memory message = _message(OTHER, bob, 5 ether, 0);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        vm.chainId(HOME);
        vm.recordLogs();
        home.deliver(_awayToHome(), first, wire, certificate);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs[1].topics[0], IBridgeEvents.MessageDeferred.selector);
        (,, bytes memory reason) = abi.decode(logs[1].data, (bytes32, uint64, bytes));
        assertEq(reason.length, 256);
    }

    function test_A_token_that_burns_all_gas_holds_up_no_other_asset() public {
        HostileToken token = new HostileToken();
        _stock(address(token));
        _lock(alice, 5 ether, MINIMUM);
        token.setWay(HostileToken.Way.BurnGas);
        (uint64 first, bytes memory wire, Certificate memory certificate) =
            _delivery(_home(), _away(), _list(_message(OTHER, bob, 5 ether, 0), _transfer(carol, 1 ether, 0)));
        vm.chainId(HOME);
        home.deliver{gas: 1_200_000}(_awayToHome(), first, wire, certificate);
        _assertDeferred(1, _message(OTHER, bob, 5 ether, 0));
        assertEq(original.balanceOf(carol), 1 ether);
    }

    /// @dev Whatever gas a delivery gets: it reverts, or it pays what can be paid.
    function testFuzz_Too_little_gas_spoils_no_message(uint256 gasLimit) public {
        _lock(alice, 50 ether, MINIMUM);
        (uint64 first, bytes memory wire, Certificate memory certificate) =
            _delivery(_home(), _away(), _list(_transfer(bob, 1 ether, MINIMUM), _transfer(carol, 1 ether, MINIMUM)));
        vm.chainId(HOME);
        try home.deliver{gas: bound(gasLimit, 30_000, 1_000_000)}(_awayToHome(), first, wire, certificate) {
            _assertDeferred(1, "");
            _assertDeferred(2, "");
            assertEq(original.balanceOf(bob), 1 ether - MINIMUM);
            assertEq(original.balanceOf(carol), 1 ether - MINIMUM);
        } catch {
            uint64 sequence = _inboundSequence(_home(), _away());
            assertEq(sequence, 0);
        }
    }

    function test_A_failing_message_is_deferred_only_after_it_had_enough_gas_to_succeed() public {
        HostileToken token = new HostileToken();
        _stock(address(token));
        token.setWay(HostileToken.Way.Bomb);
        (uint64 first, bytes memory wire, Certificate memory certificate) =
            _delivery(_home(), _away(), _list(_message(OTHER, bob, 5 ether, 0)));
        vm.chainId(HOME);
        vm.expectPartialRevert(IBridgeErrors.InsufficientGas.selector);
        home.deliver{gas: 300_000}(_awayToHome(), first, wire, certificate);
        home.deliver{gas: 600_000}(_awayToHome(), first, wire, certificate);
        _assertDeferred(1, _message(OTHER, bob, 5 ether, 0));
    }

    function test_A_token_that_calls_back_defers_its_own_message() public {
        HookToken token = new HookToken();
        _stock(address(token));
        bytes memory message = _message(OTHER, bob, 5 ether, 0);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        token.setHook(address(home), abi.encodeCall(home.retry, (_awayToHome(), 1, message)));
        vm.chainId(HOME);
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageDeferred(
            _awayToHome(), 1, keccak256(message), 0, abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector)
        );
        home.deliver(_awayToHome(), first, wire, certificate);
        vm.expectPartialRevert(IBridgeErrors.RetryFailed.selector);
        home.retry(_awayToHome(), 1, message);
    }

    function test_Only_the_Bridge_itself_releases() public {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.OnlySelf.selector, address(this)));
        Bridge(address(home)).release(ASSET, "", deliverer);
    }

    function test_Nothing_is_not_paid_to_a_token_that_refuses_to_move_it() public {
        NoReturnToken token = new NoReturnToken();
        _stock(address(token));
        _deliver(_home(), _away(), _list(_message(OTHER, bob, 1 ether, 0), _message(OTHER, carol, 0, 0)));
        _deliver(_home(), _away(), _message(OTHER, bob, 2 ether, 2 ether));
        assertEq(token.balanceOf(bob), 1 ether);
        assertEq(token.balanceOf(deliverer), 2 ether);
        for (uint64 sequence = 1; sequence <= 3; ++sequence) {
            _assertDeferred(sequence, "");
        }
    }

    function test_Runs_of_several_assets_in_one_batch_are_all_paid() public {
        NoReturnToken token = new NoReturnToken();
        _stock(address(token));
        _lock(alice, 50 ether, MINIMUM);
        bytes[] memory messages = new bytes[](5);
        messages[0] = _message(OTHER, bob, 1 ether, 0.1 ether);
        messages[1] = _transfer(bob, 2 ether, 0.2 ether);
        messages[2] = _transferTo(carol, 3 ether, 0.3 ether, alice);
        messages[3] = _message(OTHER, carol, 4 ether, 0.4 ether);
        messages[4] = _message(OTHER, bob, 5 ether, 0.5 ether);
        _deliver(_home(), _away(), messages);
        assertEq(token.balanceOf(bob), 5.4 ether);
        assertEq(token.balanceOf(carol), 3.6 ether);
        assertEq(token.balanceOf(deliverer), 1 ether);
        assertEq(original.balanceOf(bob), 1.8 ether);
        assertEq(original.balanceOf(carol), 2.7 ether);
        assertEq(original.balanceOf(deliverer), 0.5 ether);
    }
}
