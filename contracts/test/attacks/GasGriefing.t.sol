// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Call, Certificate} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IGateway} from "../../src/interfaces/IGateway.sol";
import {GasMeter} from "../support/Adversaries.sol";
import {HostileToken, HungryToken} from "../tokens/StrangeTokens.sol";
import {AttackWorld} from "../support/AttackWorld.sol";

/// @notice Attacks 38 to 41: an executor who gives too little gas, and those who retry and copy.
contract GasGriefingTest is AttackWorld {
    uint256 private constant MOST_PAYLOAD = 32_768;
    uint32 private constant MOST_GAS = 5_000_000;
    GasMeter private recipient;

    function setUp() public override {
        super.setUp();
        recipient = new GasMeter();
        _lock(alice, 50 ether, MINIMUM);
    }

    /// @dev Whatever gas a delivery gets: it reverts, or the recipient gets all that it was promised.
    function testFuzz_Attack_38_TooLittleGasForACall(uint256 gas, uint32 gasLimit, uint256 length, bool tokens) public {
        gasLimit = uint32(bound(gasLimit, 30_000, 2_000_000));
        length = bound(length, 0, MOST_PAYLOAD);
        bytes memory message = _call(ASSET, address(recipient), tokens ? 5 ether : 0, 0, bob, gasLimit, new bytes(length));
        _deliverWith(bound(gas, 30_000, 2 * uint256(gasLimit) + 1_000_000), message, gasLimit);
    }

    /// @dev The same where it matters: about the least gas that is not refused.
    function test_Attack_38_JustEnoughGasForACall() public {
        uint256[3] memory lengths = [uint256(0), 1000, MOST_PAYLOAD];
        uint32[3] memory limits = [40_000, 1_000_000, MOST_GAS];
        for (uint256 i; i < 18; ++i) {
            uint32 gasLimit = limits[i / 6];
            bytes memory payload = new bytes(lengths[i / 2 % 3]);
            bytes memory message = _call(ASSET, address(recipient), uint128(i % 2), 0, bob, gasLimit, payload);
            uint256 state = vm.snapshotState();
            (uint256 low, uint256 high) = (100_000, 20_000_000);
            while (high - low > 100) {
                uint256 gas = (low + high) / 2;
                if (_deliverWith(gas, message, gasLimit)) high = gas;
                else low = gas;
                vm.revertToState(state);
            }
            assertTrue(_deliverWith(high, message, gasLimit));
            vm.revertToState(state);
        }
    }

    /// @return delivered whether it did not revert
    function _deliverWith(uint256 gas, bytes memory message, uint256 promised) private returns (bool delivered) {
        delivered = _delivered(gas, _list(message));
        if (!delivered) return false;
        _assertDeferred(1, "");
        assertGe(recipient.given() + 1000, promised); // what the recipient spends before it looks
    }

    /// @dev In the same way for transfers: a payment counts as failed only after it had all of its gas.
    function testFuzz_Attack_38_TooLittleGasForATransfer(uint256 gas) public {
        bytes[] memory messages = _list(_transfer(bob, 1 ether, MINIMUM), _transfer(carol, 1 ether, MINIMUM));
        if (!_delivered(bound(gas, 30_000, 1_000_000), messages)) return;
        assertEq(original.balanceOf(bob), 1 ether - MINIMUM);
        assertEq(original.balanceOf(carol), 1 ether - MINIMUM);
    }

    /// @dev What fails is deferred only once it had gas enough to succeed.
    function test_Attack_38_TooLittleGasForATransferThatFails() public {
        HostileToken token = new HostileToken();
        _stock(address(token));
        token.setWay(HostileToken.Way.Bomb);
        bytes memory message = _message(OTHER, bob, 5 ether, 0);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        vm.chainId(HOME);
        vm.expectPartialRevert(IBridgeErrors.InsufficientGas.selector);
        home.deliver{gas: 300_000}(_awayToHome(), first, wire, certificate);
        home.deliver{gas: 600_000}(_awayToHome(), first, wire, certificate);
        _assertDeferred(1, message);
    }

    /// @dev The same where it matters: a token for which all of that gas is just enough is paid, or the delivery reverts.
    function test_Attack_38_JustEnoughGasForATransfer() public {
        HungryToken token = new HungryToken();
        _stock(address(token));
        bytes[] memory messages = _list(_message(OTHER, bob, 5 ether, 0));
        (uint256 low, uint256 high) = (100_000, 300_000);
        while (high - low > 100) {
            uint256 needed = (low + high) / 2;
            token.setNeeded(needed);
            if (_defersWith(2_000_000, messages)) high = needed;
            else low = needed;
        }
        token.setNeeded(low);
        for (uint256 gas = 300_000; gas < 500_000; gas += 1000) {
            assertFalse(_defersWith(gas, messages), vm.toString(gas));
        }
    }

    function _defersWith(uint256 gas, bytes[] memory messages) private returns (bool defers) {
        uint256 state = vm.snapshotState();
        _delivered(gas, messages);
        defers = home.deferred(_awayToHome(), 1) != 0;
        vm.revertToState(state);
    }

    /// @dev And for calls without tokens, which the Gateway makes one behind the other.
    function testFuzz_Attack_38_TooLittleGasForARunOfCalls(uint256 gas, uint32 gasLimit, bool refuses) public {
        gasLimit = uint32(bound(gasLimit, 30_000, 2_000_000));
        GasMeter other = new GasMeter();
        other.setRefuses(refuses);
        bytes[] memory calls = _list(_pureCall(address(other), gasLimit), _pureCall(address(recipient), gasLimit));
        if (!_delivered(bound(gas, 30_000, 3 * uint256(gasLimit) + 500_000), calls)) return;
        _assertDeferred(1, refuses ? calls[0] : bytes(""));
        _assertDeferred(2, "");
        if (!refuses) assertGe(other.given() + 1000, gasLimit);
        assertGe(recipient.given() + 1000, gasLimit);
    }

    function _pureCall(address to, uint32 gasLimit) private view returns (bytes memory) {
        return _call(0, to, 0, 0, bob, gasLimit, "");
    }

    function _delivered(uint256 gas, bytes[] memory messages) private returns (bool) {
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), messages);
        vm.chainId(HOME);
        try home.deliver{gas: gas}(_awayToHome(), first, wire, certificate) {
            return true;
        } catch {
            assertEq(home.inbound(AWAY), _awayToHome());
            return false;
        }
    }

    function test_Attack_38_CallThatFitsIntoNoTransaction() public {
        vm.chainId(HOME);
        original.mint(alice, 10 ether);
        vm.startPrank(alice);
        original.approve(address(home), 10 ether);
        Call memory call = Call(AWAY, ASSET, alice, bob, 1 ether, MINIMUM, MOST_GAS, new bytes(MOST_PAYLOAD));
        home.sendCall(call);
        call.gasLimit = MOST_GAS + 1;
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.GasLimitTooHigh.selector, MOST_GAS + 1, MOST_GAS));
        home.sendCall(call);
        (call.gasLimit, call.payload) = (MOST_GAS, new bytes(MOST_PAYLOAD + 1));
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.PayloadTooLong.selector, MOST_PAYLOAD + 1, MOST_PAYLOAD));
        home.sendCall(call);
        vm.stopPrank();
    }

    function test_Attack_39_CallThatNeedsMoreGasThanItSaid() public {
        recipient.setBurns(400_000);
        bytes memory message = _call(ASSET, address(recipient), 5 ether, MINIMUM, bob, 200_000, "");
        _deliverDeferred(message, abi.encodeWithSelector(IGateway.RecipientRefusedCall.selector, address(recipient), ""));
        // Tokens and call come together, later and with more gas.
        assertEq(original.balanceOf(address(recipient)), 0);
        home.retry{gas: 3_000_000}(_awayToHome(), 1, message);
        assertEq(original.balanceOf(address(recipient)), 5 ether - MINIMUM);
        assertGe(recipient.given(), 400_000);
    }

    function test_Attack_39_CallThatReverts() public {
        recipient.setRefuses(true);
        bytes memory message = _call(ASSET, address(recipient), 5 ether, MINIMUM, bob, 200_000, "");
        bytes memory reason = abi.encodeWithSelector(
            IGateway.RecipientRefusedCall.selector, address(recipient), abi.encodeWithSelector(GasMeter.NotNow.selector)
        );
        _deliverDeferred(message, reason);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.RetryFailed.selector, reason)); // more gas does not help
        home.retry{gas: 10_000_000}(_awayToHome(), 1, message);
        _assertDeferred(1, message);
        recipient.setRefuses(false);
        home.retry(_awayToHome(), 1, message);
        assertEq(original.balanceOf(address(recipient)), 5 ether - MINIMUM);
    }

    function test_Attack_40_RetryWithOtherBytesOrLessGas() public {
        recipient.setRefuses(true);
        bytes memory message = _call(ASSET, address(recipient), 5 ether, MINIMUM, bob, 200_000, "");
        _deliver(_home(), _away(), message);
        recipient.setRefuses(false);
        bytes[4] memory altered = [
            _call(ASSET, mallory, 5 ether, MINIMUM, bob, 200_000, ""),
            _call(ASSET, address(recipient), 5 ether, MINIMUM, bob, 20_000, ""),
            _call(ASSET, address(recipient), 5 ether, 5 ether, bob, 200_000, ""),
            bytes.concat(message, hex"00")
        ];
        for (uint256 i; i < altered.length; ++i) {
            bytes memory error =
                abi.encodeWithSelector(IBridgeErrors.WrongMessage.selector, keccak256(altered[i]), keccak256(message));
            vm.expectRevert(error);
            home.retry(_awayToHome(), 1, altered[i]);
            vm.expectRevert(error);
            home.refund(_awayToHome(), 1, altered[i]);
        }
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.NotDeferred.selector, _awayToHome(), 2));
        home.retry(_awayToHome(), 2, message);
        vm.expectPartialRevert(IBridgeErrors.InsufficientGas.selector);
        home.retry{gas: 400_000}(_awayToHome(), 1, message);

        vm.prank(mallory); // a stranger may, and is paid for it
        home.retry(_awayToHome(), 1, message);
        assertEq(original.balanceOf(address(recipient)), 5 ether - MINIMUM);
        assertEq(original.balanceOf(mallory), MINIMUM);
    }

    function test_Attack_41_CopiedDelivery() public {
        bytes memory message = _transfer(bob, 5 ether, MINIMUM);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        vm.chainId(HOME);
        vm.prank(mallory);
        home.deliver(_awayToHome(), first, wire, certificate);
        assertEq(original.balanceOf(bob), 5 ether - MINIMUM); // the user loses nothing by it
        assertEq(original.balanceOf(mallory), MINIMUM);

        bytes32 twice = _fold(_fold(_awayToHome(), message), message);
        _expectNobodySigned(certificate, _digest(HOME, address(home), 1, _awayToHome(), 1, twice));
        vm.prank(deliverer);
        home.deliver(_awayToHome(), first, wire, certificate);
        assertEq(original.balanceOf(bob), 5 ether - MINIMUM);
    }
}
