// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Floats} from "../src/Floats.sol";
import {WordHarness} from "./support/WordHarness.sol";
import {Test} from "forge-std/Test.sol";

contract FloatsTest is Test {
    WordHarness private floats = new WordHarness();

    /// @dev Values of every size, and every size of mantissa that is in use.
    function _sized(uint128 value, uint8 shift, uint8 which) private pure returns (uint256, uint256 bits) {
        return (value >> shift % 128, [24, 36, 40][which % 3]);
    }

    function testFuzz_Rounding_down_loses_less_than_the_lowest_bit_of_the_mantissa(uint128 given, uint8 shift, uint8 which) public pure {
        (uint256 value, uint256 bits) = _sized(given, shift, which);
        uint256 decoded = Floats.decode(Floats.encodeDown(value, bits), bits);
        assertLe(decoded, value);
        if (value >> bits == 0) assertEq(decoded, value);
        else assertLt((value - decoded) << bits - 1, value);
    }

    function testFuzz_What_was_rounded_is_exact(uint128 given, uint8 shift, uint8 which) public view {
        (uint256 value, uint256 bits) = _sized(given, shift, which);
        uint256 float = Floats.encodeDown(value, bits);
        assertEq(floats.encodeExact(Floats.decode(float, bits), bits), float);
    }

    function testFuzz_A_float_takes_its_mantissa_and_7_bits(uint128 given, uint8 shift, uint8 which) public pure {
        (uint256 value, uint256 bits) = _sized(given, shift, which);
        assertEq(Floats.encodeDown(value, bits) >> bits + 7, 0);
    }

    function testFuzz_Greater_values_have_no_smaller_floats(uint128 a, uint128 b, uint8 shift, uint8 which) public pure {
        (uint256 value, uint256 bits) = _sized(a, shift, which);
        (uint256 small, uint256 large) = value < b ? (value, uint256(b)) : (uint256(b), value);
        assertLe(Floats.encodeDown(small, bits), Floats.encodeDown(large, bits));
    }

    function testFuzz_What_does_not_fit_is_refused_with_what_it_must_be_a_multiple_of(uint128 given, uint8 shift, uint8 which) public {
        (uint256 value, uint256 bits) = _sized(given, shift, which);
        uint256 unit = 1;
        while (value / unit >> bits != 0) unit *= 2;
        if (value % unit != 0) vm.expectRevert(abi.encodeWithSelector(Floats.NotExact.selector, value, unit));
        floats.encodeExact(value, bits);
    }

    function test_Edges() public {
        assertEq(Floats.encodeDown(0, 36), 0);
        assertEq(Floats.encodeDown((1 << 36) - 1, 36), (1 << 36) - 1);
        assertEq(Floats.encodeDown(1 << 36, 36), 1 << 36 | 1 << 35);
        assertEq(Floats.encodeDown(type(uint128).max, 36), uint256(92) << 36 | (1 << 36) - 1);
        vm.expectRevert(abi.encodeWithSelector(Floats.NotExact.selector, (1 << 36) + 1, 2));
        floats.encodeExact((1 << 36) + 1, 36);
    }
}
