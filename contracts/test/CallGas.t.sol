// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificate} from "../src/interfaces/IBridge.sol";
import {CallWorld} from "./support/CallWorld.sol";
import {Counter} from "./support/Recipients.sol";

/// @notice Whatever gas a delivery is given: it reverts, or the recipient of a call had the gas that its message asks for.
contract CallGasTest is CallWorld {
    Counter private counter;
    bytes private delivery;
    uint32 private asked;

    function setUp() public {
        _makeCallWorld();
        counter = new Counter();
    }

    /// @dev What is measured at the callee's first line has passed its dispatcher.
    uint256 private constant DISPATCH = 1000;

    function _prepare(bool withTokens, uint32 gas, uint256 length) private {
        asked = gas;
        bytes memory payload = new bytes(length);
        bytes memory message = withTokens
            ? _call(ASSET, address(counter), 5 ether, MINIMUM, alice, gas, payload)
            : _pureCall(address(counter), gas, payload);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_away(), _home(), _list(message));
        delivery = abi.encodeCall(away.deliver, (_homeToAway(), first, wire, certificate));
        vm.chainId(AWAY);
    }

    /// @dev On a copy of the state.
    function _passes(uint256 gas) private returns (bool passes) {
        uint256 before = vm.snapshotState();
        (passes,) = address(away).call{gas: gas}(delivery);
        if (passes) assertGe(counter.gas() + DISPATCH, asked, "less than it asked for");
        vm.revertToState(before);
    }

    /// @dev Just above the least gas with which anything passes is where the recipient gets the least.
    function _search() private {
        (uint256 low, uint256 high) = (50_000, uint256(asked) * 11 / 10 + 3_000_000);
        assertTrue(_passes(high));
        while (high - low > 50) {
            uint256 middle = (low + high) / 2;
            if (_passes(middle)) high = middle;
            else low = middle;
        }
        for (uint256 gas = low; gas < low + 200; gas += 7) {
            _passes(gas);
        }
        for (uint256 gas = low; gas < low + 60_000; gas += 997) {
            _passes(gas);
        }
    }

    function test_The_least_gas_is_enough_for_a_call_without_tokens() public {
        uint32[4] memory gasLimits = [uint32(30_000), 100_000, 300_000, 5_000_000];
        for (uint256 i; i < 4; ++i) {
            _prepare(false, gasLimits[i], 1);
            _search();
            _prepare(false, gasLimits[i], 32_768);
            _search();
        }
    }

    function test_The_least_gas_is_enough_for_a_call_with_tokens() public {
        uint32[4] memory gasLimits = [uint32(30_000), 100_000, 300_000, 5_000_000];
        for (uint256 i; i < 4; ++i) {
            _prepare(true, gasLimits[i], 1);
            _search();
            _prepare(true, gasLimits[i], 32_768);
            _search();
        }
    }

    function testFuzz_No_gas_spoils_a_call(uint256 gas, uint32 gasLimit, uint16 length, bool withTokens) public {
        _prepare(withTokens, uint32(bound(gasLimit, 30_000, 5_000_000)), length % 32_769);
        _passes(bound(gas, 50_000, 8_000_000));
    }
}
