// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {WETH} from "solady/tokens/WETH.sol";
import {Mode} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IIntents, Intent} from "../src/interfaces/IIntents.sol";
import {IntentWorld} from "./support/IntentWorld.sol";
import {FalseToken, FeeToken, HookToken, NoReturnToken} from "./tokens/StrangeTokens.sol";
import {TestToken} from "./tokens/TestToken.sol";

/// @notice Intents with every sort of asset and token, and what the Bridge refuses.
contract IntentsTokensTest is IntentWorld {
    function setUp() public {
        _makeIntents();
    }

    /// @dev Registered, and allowed to Intents without end.
    function _allowed(address token) private returns (Intent memory intent) {
        intent = _register(token);
        _approve(token, address(intents), type(uint256).max);
    }

    function _submit(Intent memory intent) private {
        bytes memory signature = _signedIntent(intent);
        vm.prank(relayer);
        intents.sendFor(intent, signature);
    }

    function _refuses(Intent memory intent, bytes memory error) private {
        bytes memory signature = _signedIntent(intent);
        vm.prank(relayer);
        vm.expectRevert(error);
        intents.sendFor(intent, signature);
    }

    function test_Wrapped_tokens_are_burnt_and_the_relayer_is_paid_in_them() public {
        _bring(owner, 21 ether, 1 ether);
        vm.chainId(AWAY);
        vm.prank(owner);
        wrapped.approve(address(awayIntents), 10.5 ether);
        Intent memory intent = _intent();
        intent.destinationChainId = HOME;
        _expectSent(awayIntents, intent);
        bytes memory signature = _signature(ownerKey, _intentDigest(awayIntents, intent));
        vm.prank(relayer);
        awayIntents.sendFor(intent, signature);
        assertEq(wrapped.balanceOf(owner), 9.5 ether);
        assertEq(wrapped.balanceOf(relayer), 0.5 ether);
        assertEq(wrapped.balanceOf(address(away)), 0);
        assertEq(wrapped.totalSupply(), 11 ether); // 21 with the deliverer's 1, less 10
        _assertNothingStays(awayIntents, address(wrapped));
    }

    function test_A_token_that_keeps_a_part_is_refused() public {
        FeeToken token = new FeeToken();
        Intent memory intent = _allowed(address(token));
        _refuses(intent, abi.encodeWithSelector(IIntents.AmountNotReceived.selector, 10.5 ether - 1, 10.5 ether));
        _assertUntouched(address(token));
    }

    /// @dev What somebody gave away does not make up for what is missing, and nobody gets it.
    function test_What_was_there_before_does_not_count() public {
        FeeToken token = new FeeToken();
        Intent memory intent = _allowed(address(token));
        token.mint(address(intents), 1);
        _refuses(intent, abi.encodeWithSelector(IIntents.AmountNotReceived.selector, 10.5 ether - 1, 10.5 ether));
        original.mint(address(intents), 3 ether);
        _approve(address(original), address(intents), type(uint256).max);
        _submit(_intent());
        assertEq(original.balanceOf(address(intents)), 3 ether);
        assertEq(original.balanceOf(relayer), 0.5 ether);
    }

    function test_Tokens_that_return_nothing_pass_again_and_again() public {
        NoReturnToken token = new NoReturnToken();
        Intent memory intent = _allowed(address(token));
        _expectSent(intents, intent);
        _submit(intent);
        _assertTaken(address(token), owner);
        (intent.nonce, intent.relayerFee) = (78, 0); // it refuses to move nothing
        _submit(intent);
        assertEq(token.balanceOf(owner), 79.5 ether);
        _assertNothingStays(intents, address(token));
    }

    function test_Tokens_that_say_false_are_believed() public {
        FalseToken token = new FalseToken();
        Intent memory intent = _allowed(address(token));
        token.setRefuses(true);
        _refuses(intent, abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, token));
        _assertUntouched(address(token));
    }

    function test_A_token_does_not_come_back_into_the_contract() public {
        HookToken token = new HookToken();
        Intent memory intent = _allowed(address(token));
        Intent memory inner = _allowedOriginal();
        bytes memory error = abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        token.setHook(address(intents), abi.encodeCall(IIntents.sendFor, (inner, _signedIntent(inner))));
        _refuses(intent, error);
        token.setHook(address(intents), abi.encodeCall(IIntents.sendWithPermit2, (inner, "")));
        _refuses(intent, error);
        token.setHook(address(intents), abi.encodeCall(IIntents.sendWithAuthorization, (inner, "")));
        _refuses(intent, error);
        token.setHook(address(intents), abi.encodeCall(IIntents.sendWithPermit, (inner, 0, 0, 0, 0)));
        _refuses(intent, error);
        _assertUntouched(address(token));
    }

    function _allowedOriginal() private returns (Intent memory intent) {
        _approve(address(original), address(intents), type(uint256).max);
        intent = _intent();
        intent.nonce = 3;
    }

    /// @dev What comes in on the way is nobody's, so it cannot be taken for the owner's.
    function test_A_gift_on_the_way_is_refused() public {
        HookToken token = new HookToken();
        Intent memory intent = _allowed(address(token));
        token.setHook(address(token), abi.encodeCall(TestToken.mint, (address(intents), 1)));
        _refuses(intent, abi.encodeWithSelector(IIntents.AmountNotReceived.selector, 10.5 ether + 1, 10.5 ether));
    }

    function test_The_chains_own_coin_is_not_taken_by_signature() public {
        WETH coin = new WETH();
        home.registerAsset(OTHER, address(coin), Mode.Native, PLENTY);
        _setFee(home, OTHER, AWAY, 0);
        vm.deal(owner, 100 ether);
        vm.startPrank(owner);
        coin.deposit{value: 100 ether}();
        coin.approve(address(intents), type(uint256).max);
        vm.stopPrank();
        Intent memory intent = _intent();
        intent.assetId = OTHER;
        _refuses(intent, abi.encodeWithSelector(IIntents.TokenUnknown.selector, OTHER));
        _assertUntouched(address(coin));
    }

    function test_An_asset_that_nobody_registered_is_not_known() public {
        Intent memory intent = _intent();
        intent.assetId = 123;
        _refuses(intent, abi.encodeWithSelector(IIntents.TokenUnknown.selector, 123));
    }

    function test_What_the_Bridge_refuses_takes_nothing() public {
        Intent memory intent = _allowedOriginal();
        intent.amount = 0;
        _refuses(intent, abi.encodeWithSelector(IBridgeErrors.AmountZero.selector));
        intent.amount = 10 ether;
        intent.fee = MINIMUM - 1;
        _refuses(intent, abi.encodeWithSelector(IBridgeErrors.FeeTooLow.selector, MINIMUM - 1, MINIMUM));
        intent.fee = MINIMUM;
        intent.recipient = address(home);
        _refuses(intent, abi.encodeWithSelector(IBridgeErrors.RecipientRefused.selector, home));
        intent.recipient = recipient;
        intent.destinationChainId = 5;
        _refuses(intent, abi.encodeWithSelector(IBridgeErrors.UnknownLane.selector, 5));
        intent.destinationChainId = AWAY;
        home.pauseAsset(ASSET);
        (,, uint64 until) = home.pausedUntil(AWAY, ASSET);
        _refuses(intent, abi.encodeWithSelector(IBridgeErrors.AssetIsPaused.selector, ASSET, until));
        _assertUntouched(address(original));
        home.unpauseAsset(ASSET);
        _submit(intent);
    }

    function test_The_sums_of_the_greatest_amounts_do_not_overflow() public {
        TestToken token = new TestToken("Huge", "HUG", 18);
        Intent memory intent = _allowed(address(token));
        intent.amount = type(uint128).max;
        intent.relayerFee = type(uint128).max;
        token.mint(owner, type(uint256).max - 100 ether);
        _submit(intent);
        assertEq(token.balanceOf(address(home)), type(uint128).max);
        assertEq(token.balanceOf(relayer), type(uint128).max);
        _assertNothingStays(intents, address(token));
    }
}
