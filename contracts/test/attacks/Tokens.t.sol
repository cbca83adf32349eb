// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ERC20} from "solady/tokens/ERC20.sol";
import {Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {Vm} from "forge-std/Vm.sol";
import {AttackWorld} from "../support/AttackWorld.sol";
import {Opcodes} from "../support/Opcodes.sol";
import {PausableToken, RebasingToken} from "../tokens/ListedTokens.sol";
import {FalseToken, FeeToken, HookToken, NoReturnToken} from "../tokens/StrangeTokens.sol";
import {TestToken} from "../tokens/TestToken.sol";

/// @notice Attacks 28 to 32: tokens that are not what they say.
contract TokensTest is AttackWorld {
    function _register(address token) private {
        vm.chainId(HOME);
        home.registerAsset(OTHER, token, Mode.Lock, PLENTY);
        _setFee(home, OTHER, AWAY, 0);
    }

    function test_Attack_28_FeeOnTransfer() public {
        FeeToken token = new FeeToken();
        _register(address(token));
        token.mint(alice, 10 ether);
        vm.startPrank(alice);
        token.approve(address(home), 10 ether);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AmountNotReceived.selector, 1 ether - 1, 1 ether));
        home.send(AWAY, OTHER, alice, 1 ether, 0);
        vm.stopPrank();
        assertEq(home.asset(OTHER).locked, 0);
        (uint64 sequence,) = home.outbound(AWAY);
        assertEq(sequence, 0);
    }

    function test_Attack_29_RebasingDown() public {
        RebasingToken token = new RebasingToken();
        _stock(address(token));
        token.rebase(0.5e18);
        assertEq(home.asset(OTHER).locked, 100 ether); // the count is of base units, which such a token cannot honour
        bytes memory late = _message(OTHER, carol, 50 ether, 0);
        _deliver(_home(), _away(), _list(_message(OTHER, bob, 50 ether, 0), late));
        assertEq(token.balanceOf(bob), 50 ether);
        _assertDeferred(2, late); // it waits for the token to be worth as much again, and is not lost

        token.mint(address(home), 50 ether);
        home.retry(_awayToHome(), 2, late);
        assertEq(token.balanceOf(carol), 50 ether);
        assertEq(home.asset(OTHER).locked, 0);
    }

    function test_Attack_29_RebasingUp() public {
        RebasingToken token = new RebasingToken();
        _stock(address(token));
        token.rebase(2e18);
        assertEq(token.balanceOf(address(home)), 200 ether);
        // What it grew by belongs to nobody: no more leaves than was counted in.
        bytes memory more = _message(OTHER, bob, 100 ether + 1, 0);
        _deliverDeferred(
            more, abi.encodeWithSelector(IBridgeErrors.InsufficientLocked.selector, OTHER, 100 ether, 100 ether + 1)
        );
        _deliver(_home(), _away(), _message(OTHER, bob, 100 ether, 0));
        assertEq(token.balanceOf(bob), 100 ether);
    }

    function test_Attack_30_TokenWithoutReturnValueThatMovesNoZero() public {
        NoReturnToken token = new NoReturnToken();
        _stock(address(token));
        // A message of nothing, and one whose recipient gets nothing.
        _deliver(_home(), _away(), _list(_message(OTHER, bob, 0, 0), _message(OTHER, bob, 2 ether, 2 ether)));
        _deliver(_home(), _away(), _message(OTHER, bob, 5 ether, 0));
        assertEq(token.balanceOf(bob), 5 ether);
        assertEq(token.balanceOf(deliverer), 2 ether);
        assertEq(home.asset(OTHER).locked, 93 ether);
    }

    function test_Attack_30_TokenThatSaysFalse() public {
        FalseToken token = new FalseToken();
        _stock(address(token));
        token.setRefuses(true);
        bytes memory failed = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token));
        token.mint(alice, 1 ether);
        vm.startPrank(alice);
        token.approve(address(home), 1 ether);
        vm.expectRevert(failed);
        home.send(AWAY, OTHER, alice, 1 ether, 0);
        vm.stopPrank();
        _deliverDeferred(_message(OTHER, bob, 5 ether, 0), failed);
        assertEq(home.asset(OTHER).locked, 100 ether);
    }

    function test_Attack_30_ApproveRace() public {
        PausableToken token = new PausableToken();
        _stock(address(token));
        vm.prank(alice);
        token.approve(address(home), 5 ether);
        vm.prank(alice);
        vm.expectRevert(PausableToken.AllowanceStands.selector);
        token.approve(address(home), 6 ether);
        // A Bridge approves nobody, so there is no allowance of its own to race for.
        vm.recordLogs();
        _deliver(_home(), _away(), _message(OTHER, bob, 5 ether, 1 ether));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            assertNotEq(logs[i].topics[0], ERC20.Approval.selector);
        }
        assertEq(token.balanceOf(bob), 4 ether);
    }

    function test_Attack_31_TokenThatCallsBackAndFails() public {
        HookToken token = new HookToken();
        _stock(address(token));
        token.setHook(address(token), hex"deadbeef"); // reverts with nothing
        bytes memory stuck = _message(OTHER, bob, 5 ether, 0);
        _lock(alice, 5 ether, MINIMUM);
        _deliver(_home(), _away(), _list(stuck, _transfer(carol, 1 ether, 0)));
        _assertDeferred(1, stuck);
        assertEq(original.balanceOf(carol), 1 ether); // others flow
        token.setHook(address(0), "");
        home.retry(_awayToHome(), 1, stuck);
        assertEq(token.balanceOf(bob), 5 ether);
    }

    function test_Attack_31_BlacklistedRecipient() public {
        NoReturnToken token = new NoReturnToken();
        _stock(address(token));
        token.setBlacklisted(bob, true);
        bytes memory stuck = _message(OTHER, bob, 5 ether, 0);
        _deliverDeferred(stuck, abi.encodeWithSelector(NoReturnToken.Blacklisted.selector, bob));
        // Whoever sent it can have it back.
        _wait(7 days);
        home.refund(_awayToHome(), 1, stuck);
        assertEq(home.asset(OTHER).locked, 100 ether);
        (uint64 sequence,) = home.outbound(AWAY);
        assertEq(sequence, 2);
    }

    function test_Attack_31_PausedToken() public {
        PausableToken token = new PausableToken();
        _stock(address(token));
        token.setStopped(true);
        bytes memory stuck = _message(OTHER, bob, 5 ether, 0);
        _deliverDeferred(stuck, abi.encodeWithSelector(PausableToken.Stopped.selector));
        token.setStopped(false);
        home.retry(_awayToHome(), 1, stuck);
        assertEq(token.balanceOf(bob), 5 ether);
    }

    function test_Attack_32_TokenWithoutCode() public {
        vm.chainId(HOME);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.TokenRefused.selector, mallory));
        home.registerAsset(OTHER, mallory, Mode.Lock, PLENTY);
    }

    function test_Attack_32_TokenThatLosesItsCode() public {
        TestToken token = new TestToken("Gone", "GON", 18);
        _stock(address(token));
        bytes memory code = address(token).code;
        vm.etch(address(token), "");
        bytes memory failed = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token));
        vm.prank(alice);
        vm.expectRevert(failed);
        home.send(AWAY, OTHER, alice, 1 ether, 0);
        bytes memory stuck = _message(OTHER, bob, 5 ether, 0);
        _deliverDeferred(stuck, failed);

        vm.etch(address(token), code);
        home.retry(_awayToHome(), 1, stuck);
        assertEq(token.balanceOf(bob), 5 ether);
    }

    /// @dev A call to nobody succeeds, and a run of mints is a call: the wrapped token must be there for ever.
    function test_Attack_32_WrappedTokenCannotLoseItsCode() public view {
        uint8[3] memory ways = [0xff, 0xf4, 0xf2]; // SELFDESTRUCT, DELEGATECALL, CALLCODE
        for (uint256 i; i < ways.length; ++i) {
            assertEq(Opcodes.count(address(wrapped).code, ways[i]), 0);
        }
    }
}
