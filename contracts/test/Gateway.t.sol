// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC7786GatewaySource} from "@openzeppelin/contracts/interfaces/draft-IERC7786.sol";
import {InteroperableAddress} from "@openzeppelin/contracts/utils/draft-InteroperableAddress.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Certificate} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {IGateway, IGatewayAttributes} from "../src/interfaces/IGateway.sol";
import {CallWorld} from "./support/CallWorld.sol";
import {Intruder, Recorder} from "./support/Recipients.sol";

/// @notice The Gateway as ERC-7786 source, and what it never does.
contract GatewayTest is CallWorld {
    Recorder private recorder;
    bytes private to;

    function setUp() public {
        _makeCallWorld();
        recorder = new Recorder(IERC20(address(wrapped)));
        to = InteroperableAddress.formatEvmV1(AWAY, address(recorder));
    }

    function _attributes(bytes memory a) private pure returns (bytes[] memory) {
        return _list(a);
    }

    function _gas(uint32 gas) private pure returns (bytes memory) {
        return abi.encodeCall(IGatewayAttributes.gasLimit, (gas));
    }

    function _tokens(uint128 amount, uint128 fee) private pure returns (bytes memory) {
        return abi.encodeCall(IGatewayAttributes.transfer, (ASSET, amount, fee));
    }

    function test_A_message_without_attributes_is_a_call_in_the_callers_name() public {
        bytes memory message = _pureCall(address(recorder), homeGateway.DEFAULT_GAS(), "hello");
        vm.expectEmit(address(home));
        emit IBridgeEvents.MessageSent(AWAY, 1, alice, _fold(_homeToAway(), message), message);
        vm.expectEmit(address(homeGateway));
        emit IERC7786GatewaySource.MessageSent(
            0, InteroperableAddress.formatEvmV1(HOME, alice), to, "hello", 0, new bytes[](0)
        );
        vm.prank(alice);
        assertEq(homeGateway.sendMessage(to, "hello", new bytes[](0)), 0);

        _deliver(_away(), _home(), message);
        assertEq(recorder.received(0).sender, InteroperableAddress.formatEvmV1(HOME, alice));
    }

    function test_Attributes_choose_gas_and_tokens_which_come_from_the_caller() public {
        vm.prank(alice);
        homeGateway.sendMessage(to, "x", _list(_gas(77_000), _tokens(5 ether, MINIMUM)));
        assertEq(original.balanceOf(alice), 995 ether);
        assertEq(original.balanceOf(address(homeGateway)), 0);
        (, bytes32 hash) = home.outbound(AWAY);
        assertEq(hash, _fold(_homeToAway(), _call(ASSET, address(recorder), 5 ether, MINIMUM, alice, 77_000, "x")));
    }

    function test_Nobody_spends_what_another_has_allowed() public {
        vm.prank(makeAddr("thief"));
        vm.expectRevert();
        homeGateway.sendMessage(to, "x", _attributes(_tokens(5 ether, MINIMUM)));
        assertEq(original.balanceOf(alice), 1000 ether);
    }

    function test_Known_attributes_are_two() public {
        assertTrue(homeGateway.supportsAttribute(IGatewayAttributes.gasLimit.selector));
        assertTrue(homeGateway.supportsAttribute(IGatewayAttributes.transfer.selector));
        assertFalse(homeGateway.supportsAttribute(0x12345678));
        vm.expectRevert(abi.encodeWithSelector(IERC7786GatewaySource.UnsupportedAttribute.selector, bytes4(0x12345678)));
        homeGateway.sendMessage(to, "x", _attributes(hex"12345678"));
        vm.expectRevert(abi.encodeWithSelector(IGateway.AttributeRepeated.selector, IGatewayAttributes.gasLimit.selector));
        homeGateway.sendMessage(to, "x", _list(_gas(1), _gas(2)));
        vm.expectRevert(abi.encodeWithSelector(IGateway.AttributeRepeated.selector, IGatewayAttributes.transfer.selector));
        homeGateway.sendMessage(to, "x", _list(_tokens(1 ether, MINIMUM), _tokens(1 ether, MINIMUM)));
    }

    function test_A_recipient_must_be_an_account_of_an_EVM_chain_with_a_lane() public {
        vm.expectPartialRevert(InteroperableAddress.InteroperableAddressParsingError.selector);
        homeGateway.sendMessage(hex"0001", "x", new bytes[](0));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLane.selector, 5));
        homeGateway.sendMessage(InteroperableAddress.formatEvmV1(5, alice), "x", new bytes[](0));
    }

    function test_Coin_that_no_transfer_asks_for_is_refused() public {
        vm.deal(alice, 1 ether);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.ValueWrong.selector, 1, 0));
        homeGateway.sendMessage{value: 1}(to, "x", new bytes[](0));
        assertEq(address(homeGateway).balance, 0);
    }

    function test_Only_the_Bridge_has_it_call_or_pay() public {
        bytes memory error = abi.encodeWithSelector(IGateway.OnlyBridge.selector, address(this));
        vm.expectRevert(error);
        awayGateway.execute(0, HOME, alice, address(recorder), 1, "");
        vm.expectRevert(error);
        awayGateway.pay(alice);
    }

    function test_It_takes_no_coin_and_can_move_no_token() public {
        vm.deal(alice, 1 ether);
        vm.prank(alice);
        (bool taken,) = address(homeGateway).call{value: 1}("");
        assertFalse(taken);
        _bring(alice, 5 ether, MINIMUM);
        // The token is called with receiveMessage, which it does not know, and by the Gateway, which holds none.
        bytes memory message = _pureCall(address(wrapped), 100_000, abi.encodeCall(wrapped.transfer, (alice, 1)));
        _deliver(_away(), _home(), message);
        assertEq(away.deferred(_homeToAway(), 2), keccak256(message));
    }

    function test_Tokens_for_the_Gateway_itself_are_deferred() public {
        bytes memory message = _transfer(address(awayGateway), 5 ether, MINIMUM);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_away(), _home(), _list(message));
        vm.chainId(AWAY);
        bytes memory reason = abi.encodeWithSelector(IBridgeErrors.RecipientRefused.selector, address(awayGateway));
        vm.expectEmit(address(away));
        emit IBridgeEvents.MessageDeferred(_homeToAway(), 1, keccak256(message), 0, reason);
        away.deliver(_homeToAway(), first, wire, certificate);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.RecipientRefused.selector, address(awayGateway)));
        away.retry(_homeToAway(), 1, message);
        assertEq(wrapped.totalSupply(), 0);
    }

    function test_Who_is_called_cannot_enter_the_Bridge_meanwhile() public {
        Intruder intruder = new Intruder();
        bytes memory message = _pureCall(address(intruder), 300_000, "");
        bytes[3] memory intrusions = [
            abi.encodeCall(away.retry, (_homeToAway(), 1, message)),
            abi.encodeCall(away.send, (HOME, ASSET, alice, 1, 1)),
            abi.encodeCall(away.refund, (_homeToAway(), 1, message))
        ];
        bytes memory entered = abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        for (uint64 i; i < intrusions.length; ++i) {
            intruder.setIntrusion(address(away), intrusions[i]);
            (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_away(), _home(), _list(message));
            vm.chainId(AWAY);
            vm.expectEmit(address(away));
            emit IBridgeEvents.MessageDeferred(
                _homeToAway(),
                i + 1,
                keccak256(message),
                0,
                abi.encodeWithSelector(IGateway.RecipientRefusedCall.selector, address(intruder), entered)
            );
            away.deliver(_homeToAway(), first, wire, certificate);
        }
        bytes memory back = InteroperableAddress.formatEvmV1(HOME, alice);
        intruder.setIntrusion(address(awayGateway), abi.encodeCall(awayGateway.sendMessage, (back, "", new bytes[](0))));
        _deliver(_away(), _home(), message);
        assertEq(away.deferred(_homeToAway(), 4), keccak256(message));
        vm.prank(address(intruder));
        awayGateway.sendMessage(back, "", new bytes[](0));
    }
}
