// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {BridgedToken} from "../src/BridgedToken.sol";
import {Limit} from "../src/Meters.sol";
import {Mode} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {DoubleToken, RebasingToken, TellingToken} from "./tokens/RealTokens.sol";
import {NoReturnToken} from "./tokens/StrangeTokens.sol";
import {TestToken} from "./tokens/TestToken.sol";
import {Scenes} from "./support/Scenes.sol";

/// @notice What tokens that exist do, done to a Bridge.
contract RealTokensTest is Scenes {
    uint32 private constant OTHER = 9;
    bytes private _told;

    function setUp() public {
        _makeScene();
    }

    function _register(uint32 assetId, address token) private {
        home.registerAsset(assetId, token, Mode.Lock, PLENTY);
        _setFee(home, assetId, AWAY, 0);
    }

    function _stock(uint32 assetId, address token, uint128 amount) private {
        TestToken(token).mint(alice, amount);
        vm.prank(alice);
        NoReturnToken(token).approve(address(home), amount);
        vm.prank(alice);
        home.send(AWAY, assetId, alice, amount, 0);
    }

    /// @dev One whole token, and one base unit, there and back, for every number of decimals.
    function test_0_to_36_decimals_go_and_come_back() public {
        for (uint8 decimals; decimals <= 36; ++decimals) {
            uint32 id = 100 + decimals;
            TestToken token = new TestToken("Token", "TOK", decimals);
            BridgedToken copy = _newBridgedToken(address(manager), address(away), "Copy", "CPY", decimals);
            vm.chainId(AWAY);
            away.registerAsset(id, address(copy), Mode.Mint, Limit(0, 0));
            _setFee(away, id, HOME, 0);
            vm.chainId(HOME);
            _register(id, address(token));
            uint128 amount = uint128(10 ** decimals) + 1;
            _stock(id, address(token), amount);
            _deliver(_away(), _home(), _message(id, alice, amount, 0, alice));
            assertEq(copy.balanceOf(alice), amount);
            assertEq(copy.decimals(), decimals);
            vm.prank(alice);
            away.send(HOME, id, alice, amount, 0);
            _deliver(_home(), _away(), _message(id, alice, amount, 0, alice));
            assertEq(token.balanceOf(alice), amount);
            assertEq(home.asset(id).locked + copy.totalSupply(), 0);
        }
    }

    /// @dev A second id for the same balances takes nothing from the first: each counts what came in by its own address, and pays out no
    /// more than that. To the chains away they are two assets.
    function test_A_token_with_two_addresses_is_two_assets_and_neither_pays_for_the_other() public {
        DoubleToken token = new DoubleToken();
        _register(OTHER, address(token));
        _register(10, token.other());
        _stock(OTHER, address(token), 1000);
        token.mint(alice, 300);
        vm.startPrank(alice);
        token.approve(address(home), 300);
        home.send(AWAY, 10, alice, 300, 0);
        vm.stopPrank();
        assertEq(home.asset(OTHER).locked, 1000);
        assertEq(home.asset(10).locked, 300);
        assertEq(token.balanceOf(address(home)), 1300);
        bytes memory reason = abi.encodeWithSelector(IBridgeErrors.InsufficientLocked.selector, 10, 300, 301);
        _deliverDeferring(_home(), _away(), _list(_message(10, bob, 301, 0, alice)), 0, 0, reason);
        _deliver(_home(), _away(), _message(10, bob, 300, 0, alice));
        _deliver(_home(), _away(), _message(OTHER, bob, 1000, 0, alice));
        assertEq(token.balanceOf(bob), 1300);
    }

    /// @dev This contract is sender and recipient, and is told.
    function told() external {
        (bool success, bytes memory reason) = address(home).call(_told);
        if (_told.length != 0 && !success) {
            assembly {
                revert(add(reason, 0x20), mload(reason))
            }
        }
    }

    function test_Who_is_told_of_a_transfer_cannot_enter_again() public {
        TellingToken token = new TellingToken();
        _register(OTHER, address(token));
        token.mint(address(this), 1000);
        token.approve(address(home), 1000);
        home.send(AWAY, OTHER, bob, 500, 0);
        bytes memory message = _message(OTHER, address(this), 100, 0, alice);
        bytes memory reason = abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);

        _told = abi.encodeCall(home.send, (AWAY, OTHER, bob, 100, 0));
        vm.expectRevert(reason);
        home.send(AWAY, OTHER, bob, 100, 0);
        _deliverDeferring(_home(), _away(), _list(message), 0, 0, reason);
        _expectRetryFails(reason);
        home.retry(_awayToHome(), 1, message);
        _told = abi.encodeCall(home.retry, (_awayToHome(), 1, message));
        _expectRetryFails(reason);
        home.retry(_awayToHome(), 1, message);
        _told = abi.encodeCall(home.refund, (_awayToHome(), 1, message));
        _expectRetryFails(reason);
        home.retry(_awayToHome(), 1, message);
        home.expectHandover(OTHER, address(this));
        vm.expectRevert(reason);
        home.receiveHandover(OTHER, 100);
        _told = "";
        home.receiveHandover(OTHER, 100);
        home.retry(_awayToHome(), 1, message);
        assertEq(token.balanceOf(address(this)), 500);
        assertEq(home.asset(OTHER).locked, 500);
    }

    function test_While_a_token_is_paused_it_is_not_sent_and_what_arrives_waits() public {
        RebasingToken token = new RebasingToken(); // 1 share is 1 unit, so far
        _register(OTHER, address(token));
        token.mint(alice, 1000);
        vm.prank(alice);
        home.send(AWAY, OTHER, alice, 600, 0);
        token.setPaused(true);
        bytes memory reason = abi.encodeWithSelector(RebasingToken.TokenPaused.selector);
        vm.prank(alice);
        vm.expectRevert(reason);
        home.send(AWAY, OTHER, alice, 100, 0);
        bytes memory message = _message(OTHER, bob, 100, 0, alice);
        uint64 sequence = _deliverDeferring(_home(), _away(), _list(message), 0, 0, reason);
        token.setPaused(false);
        home.retry(_awayToHome(), sequence, message);
        assertEq(token.balanceOf(bob), 100);
    }

    function test_A_blacklist_stops_whom_it_names_and_nobody_else() public {
        NoReturnToken token = new NoReturnToken();
        _register(OTHER, address(token));
        _stock(OTHER, address(token), 1000);
        token.setBlacklisted(bob, true);
        token.setBlacklisted(deliverer, true);
        bytes memory toBob = _message(OTHER, bob, 100, 0, alice);
        bytes memory reason = abi.encodeWithSelector(NoReturnToken.Blacklisted.selector, bob);
        _deliverDeferring(_home(), _away(), _list(_message(OTHER, carol, 100, 0, alice), toBob), 1, 0, reason);
        assertEq(token.balanceOf(carol), 100);

        // Whoever delivers and is blacklisted itself gets no fee.
        _deliver(_home(), _away(), _message(OTHER, carol, 100, 10, alice));
        assertEq(token.balanceOf(carol), 200);

        token.setBlacklisted(address(home), true);
        token.mint(alice, 5);
        vm.startPrank(alice);
        token.approve(address(home), 5);
        vm.expectRevert(abi.encodeWithSelector(NoReturnToken.Blacklisted.selector, address(home)));
        home.send(AWAY, OTHER, alice, 5, 0);
        vm.stopPrank();
        assertEq(home.asset(OTHER).locked, 800);
    }

    function test_A_rebasing_token_is_refused_where_less_arrives_than_was_asked() public {
        RebasingToken token = new RebasingToken();
        _register(OTHER, address(token));
        token.mint(alice, 1000);
        token.rebase(token.total() * 3 / 2);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AmountNotReceived.selector, 99, 100));
        home.send(AWAY, OTHER, alice, 100, 0);
    }

    /// @dev Why such tokens must not be registered: what is missing is missing for whoever comes last.
    function test_A_token_that_shrinks_while_it_is_locked_pays_until_it_has_no_more() public {
        RebasingToken token = new RebasingToken();
        _register(OTHER, address(token));
        token.mint(alice, 1000);
        vm.prank(alice);
        home.send(AWAY, OTHER, alice, 1000, 0);
        token.rebase(token.total() / 2);
        _deliver(_home(), _away(), _message(OTHER, bob, 400, 0, alice));
        bytes memory message = _message(OTHER, carol, 600, 0, alice);
        _deliver(_home(), _away(), message);
        assertEq(home.deferred(_awayToHome(), 2), keccak256(message));
        assertEq(home.asset(OTHER).locked, 600);
    }

    function test_A_token_whose_code_is_gone_is_neither_sent_nor_paid() public {
        TestToken token = new TestToken("Gone", "GON", 18);
        _register(OTHER, address(token));
        _stock(OTHER, address(token), 1000);
        bytes memory code = address(token).code;
        vm.etch(address(token), "");
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, token));
        home.send(AWAY, OTHER, alice, 1, 0);
        bytes memory message = _message(OTHER, bob, 1000, 0, alice);
        bytes memory reason = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, token);
        uint64 sequence = _deliverDeferring(_home(), _away(), _list(message), 0, 0, reason);
        assertEq(home.asset(OTHER).locked, 1000);
        vm.etch(address(token), code);
        home.retry(_awayToHome(), sequence, message);
        assertEq(token.balanceOf(bob), 1000);
    }
}
