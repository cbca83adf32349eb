// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit} from "../src/Meters.sol";
import {Messages} from "../src/Messages.sol";
import {Mode} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {FalseToken, FeeToken, HookToken, NoReturnToken} from "./tokens/StrangeTokens.sol";
import {World} from "./support/World.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ERC20} from "solady/tokens/ERC20.sol";

contract SendTest is World {
    address private alice = makeAddr("alice");
    address private bob = makeAddr("bob");

    function setUp() public {
        _makeWorld(4);
        vm.chainId(HOME);
        original.mint(alice, 1000 ether);
        vm.prank(alice);
        original.approve(address(home), type(uint256).max);
    }

    function _send(uint256 chainId, uint32 assetId, address recipient, uint128 amount, uint128 fee) private {
        vm.prank(alice);
        home.send(chainId, assetId, recipient, amount, fee);
    }

    function _refused(bytes memory error, uint256 chainId, uint32 assetId, address recipient, uint128 amount, uint128 fee) private {
        vm.expectRevert(error);
        _send(chainId, assetId, recipient, amount, fee);
    }

    function test_Sending_to_oneself_locks_and_appends_a_message_of_kind_1() public {
        bytes memory message = _transfer(alice, 5 ether, MINIMUM);
        bytes32 hash = _fold(_homeToAway(), message);
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageSent(AWAY, 1, alice, hash, message);
        vm.prank(alice);
        (uint64 sequence, bytes32 id) = home.send(AWAY, ASSET, alice, 5 ether, MINIMUM);

        assertEq(sequence, 1);
        assertEq(id, hash);
        (uint64 stored, bytes32 rollingHash) = home.outbound(AWAY);
        assertEq(stored, 1);
        assertEq(rollingHash, hash);
        assertEq(home.asset(ASSET).locked, 5 ether);
        assertEq(original.balanceOf(address(home)), 5 ether);
        assertEq(original.balanceOf(alice), 995 ether);
    }

    function test_Sending_to_someone_else_appends_a_message_of_kind_2_that_names_the_sender() public {
        bytes memory message = _transferTo(bob, 5 ether, MINIMUM, alice);
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageSent(AWAY, 1, alice, _fold(_homeToAway(), message), message);
        _send(AWAY, ASSET, bob, 5 ether, MINIMUM);
    }

    function test_The_rolling_hash_commits_to_all_messages_in_order() public {
        bytes32 hash = _homeToAway();
        for (uint128 i = 1; i <= 5; ++i) {
            _send(AWAY, ASSET, alice, i * 1 ether, MINIMUM);
            hash = _fold(hash, _transfer(alice, i * 1 ether, MINIMUM));
            (uint64 sequence, bytes32 rollingHash) = home.outbound(AWAY);
            assertEq(sequence, i);
            assertEq(rollingHash, hash);
        }
        assertEq(home.asset(ASSET).locked, 15 ether);
    }

    function test_Sending_away_from_home_burns() public {
        _bring(alice, 10 ether, MINIMUM);
        vm.chainId(AWAY);
        uint256 supply = wrapped.totalSupply();
        vm.prank(alice);
        away.send(HOME, ASSET, alice, 4 ether, MINIMUM);
        assertEq(wrapped.totalSupply(), supply - 4 ether);
        assertEq(wrapped.balanceOf(alice), 6 ether - MINIMUM);
        assertEq(away.asset(ASSET).locked, 0);
    }

    function test_More_than_one_has_cannot_be_sent() public {
        vm.chainId(AWAY);
        vm.prank(alice);
        vm.expectRevert(ERC20.InsufficientBalance.selector);
        away.send(HOME, ASSET, alice, 1 ether, MINIMUM);

        vm.chainId(HOME);
        vm.expectRevert(ERC20.InsufficientBalance.selector);
        _send(AWAY, ASSET, alice, 1001 ether, MINIMUM);
    }

    function test_An_unknown_lane_is_refused() public {
        _refused(abi.encodeWithSelector(IBridgeErrors.UnknownLane.selector, 5), 5, ASSET, alice, 1 ether, MINIMUM);
        _refused(abi.encodeWithSelector(IBridgeErrors.UnknownLane.selector, HOME), HOME, ASSET, alice, 1 ether, MINIMUM);
    }

    function test_An_unknown_asset_is_refused() public {
        _refused(abi.encodeWithSelector(IBridgeErrors.UnknownAsset.selector, 8), AWAY, 8, alice, 1 ether, MINIMUM);
    }

    function test_An_asset_without_a_minimum_fee_for_the_destination_is_refused() public {
        home.openLane(77, address(away));
        _refused(abi.encodeWithSelector(IBridgeErrors.MinimumFeeNotSet.selector, ASSET, 77), 77, ASSET, alice, 1 ether, MINIMUM);
    }

    function test_Amount_zero_is_refused() public {
        _refused(abi.encodeWithSelector(IBridgeErrors.AmountZero.selector), AWAY, ASSET, alice, 0, 0);
    }

    function test_A_fee_above_the_amount_is_refused() public {
        bytes memory error = abi.encodeWithSelector(Messages.FeeAboveAmount.selector, MINIMUM + 1, MINIMUM);
        _refused(error, AWAY, ASSET, alice, MINIMUM, MINIMUM + 1);
    }

    function test_A_fee_that_is_the_whole_amount_passes() public {
        _send(AWAY, ASSET, alice, MINIMUM, MINIMUM);
    }

    function test_A_fee_below_the_minimum_is_refused() public {
        bytes memory error = abi.encodeWithSelector(IBridgeErrors.FeeTooLow.selector, MINIMUM - 1, MINIMUM);
        _refused(error, AWAY, ASSET, alice, 1 ether, MINIMUM - 1);
        error = abi.encodeWithSelector(IBridgeErrors.FeeTooLow.selector, 0, MINIMUM);
        _refused(error, AWAY, ASSET, alice, 1 ether, 0);
    }

    function test_An_amount_of_more_than_128_bits_is_refused() public {
        bytes memory input = abi.encodeWithSelector(home.send.selector, AWAY, ASSET, alice, uint256(1) << 128, MINIMUM);
        vm.prank(alice);
        (bool success,) = address(home).call(input);
        assertFalse(success);
    }

    function test_More_than_128_bits_are_never_locked() public {
        vm.startPrank(alice);
        original.mint(alice, type(uint256).max / 2);
        home.send(AWAY, ASSET, alice, type(uint128).max - 1 ether, MINIMUM);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AmountTooLarge.selector, 1 ether + 1, 1 ether));
        home.send(AWAY, ASSET, alice, 1 ether + 1, MINIMUM);
        home.send(AWAY, ASSET, alice, 1 ether, MINIMUM);
        assertEq(home.asset(ASSET).locked, type(uint128).max);
        vm.stopPrank();
    }

    function test_Recipients_that_could_never_move_the_tokens_are_refused() public {
        address[4] memory recipients = [address(0), address(home), address(away), address(original)];
        for (uint256 i; i < recipients.length; ++i) {
            bytes memory error = abi.encodeWithSelector(IBridgeErrors.RecipientRefused.selector, recipients[i]);
            _refused(error, AWAY, ASSET, recipients[i], 1 ether, MINIMUM);
        }
    }

    function test_A_token_that_takes_a_fee_is_refused() public {
        FeeToken token = new FeeToken();
        _register(address(token));
        token.mint(alice, 10 ether);
        vm.startPrank(alice);
        token.approve(address(home), 10 ether);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AmountNotReceived.selector, 1 ether - 1, 1 ether));
        home.send(AWAY, 8, alice, 1 ether, 0);
        vm.stopPrank();
    }

    function test_A_token_that_returns_nothing_can_be_sent() public {
        NoReturnToken token = new NoReturnToken();
        _register(address(token));
        token.mint(alice, 10 ether);
        vm.startPrank(alice);
        token.approve(address(home), 10 ether);
        home.send(AWAY, 8, alice, 1 ether, 0);
        vm.stopPrank();
        assertEq(home.asset(8).locked, 1 ether);
        assertEq(token.balanceOf(address(home)), 1 ether);
    }

    function test_A_token_that_says_false_is_refused() public {
        FalseToken token = new FalseToken();
        _register(address(token));
        token.mint(alice, 10 ether);
        vm.startPrank(alice);
        token.approve(address(home), 10 ether);
        token.setRefuses(true);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        home.send(AWAY, 8, alice, 1 ether, 0);
        vm.stopPrank();
    }

    function test_A_token_that_calls_back_cannot_enter_again() public {
        HookToken token = new HookToken();
        _register(address(token));
        token.mint(alice, 10 ether);
        token.setHook(address(home), abi.encodeCall(home.send, (AWAY, ASSET, alice, 1 ether, MINIMUM)));
        vm.startPrank(alice);
        token.approve(address(home), 10 ether);
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        home.send(AWAY, 8, alice, 1 ether, 0);
        vm.stopPrank();
    }

    function test_A_donation_changes_no_account() public {
        _send(AWAY, ASSET, alice, 5 ether, MINIMUM);
        original.mint(address(home), 3 ether);
        assertEq(home.asset(ASSET).locked, 5 ether);
        _send(AWAY, ASSET, alice, 5 ether, MINIMUM);
        assertEq(home.asset(ASSET).locked, 10 ether);
    }

    function _register(address token) private {
        home.registerAsset(8, token, Mode.Lock, PLENTY);
        _setFee(home, 8, AWAY, 0);
    }
}
