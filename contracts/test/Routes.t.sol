// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Floats} from "../src/Floats.sol";
import {Route} from "../src/Routes.sol";
import {Fees, Mode} from "../src/interfaces/IBridge.sol";
import {WordHarness} from "./support/WordHarness.sol";
import {Test} from "forge-std/Test.sol";

contract RoutesTest is Test {
    WordHarness private routes = new WordHarness();

    function _fees(uint128 direct, uint128 other) private pure returns (Fees memory) {
        return Fees(direct, other, 3, 4, 5);
    }

    function _fee(uint40 mantissa, uint8 exponent) private pure returns (uint128) {
        return uint128(mantissa >> 4) << exponent % 93;
    }

    function testFuzz_A_route_gives_back_what_it_was_made_of(
        address token,
        uint8 mode,
        bool limited,
        uint40[2] memory mantissas,
        uint8[2] memory exponents
    ) public view {
        (uint128 direct, uint128 other) = (_fee(mantissas[0], exponents[0]), _fee(mantissas[1], exponents[1]));
        Route route = routes.make(token, Mode(mode % 4), limited, _fees(direct, other));
        _assertIs(route, token, mode % 4, limited, direct, other);
        _assertIs(route.withLimited(!limited), token, mode % 4, !limited, direct, other);
        assertEq(Route.unwrap(route.withLimited(!limited).withLimited(limited)), Route.unwrap(route));
    }

    function _assertIs(Route route, address token, uint8 mode, bool limited, uint128 direct, uint128 other) private pure {
        assertEq(route.token(), token);
        assertEq(uint8(route.mode()), mode);
        assertEq(route.limited(), limited);
        assertEq(route.minimumFee(true), direct);
        assertEq(route.minimumFee(false), other);
    }

    function test_The_greatest_fee_and_address_fill_the_word_and_no_more() public view {
        uint128 most = ((1 << 36) - 1) << 92;
        Route route = routes.make(address(type(uint160).max), Mode.Native, true, _fees(most, most));
        _assertIs(route, address(type(uint160).max), 3, true, most, most);
    }

    function test_A_fee_that_would_lose_bits_is_refused() public {
        vm.expectRevert(abi.encodeWithSelector(Floats.NotExact.selector, (1 << 36) + 1, 2));
        routes.make(address(this), Mode.Lock, false, _fees((1 << 36) + 1, 0));
        vm.expectRevert(abi.encodeWithSelector(Floats.NotExact.selector, type(uint128).max, 1 << 92));
        routes.make(address(this), Mode.Lock, false, _fees(0, type(uint128).max));
    }

    function test_Decimal_zeros_take_bits_too() public {
        uint128[3] memory kept = [uint128(9_999_999_999), 10 ** 15, 2 * 10 ** 15];
        for (uint256 i; i < 3; ++i) {
            assertEq(routes.make(address(this), Mode.Lock, false, _fees(kept[i], 0)).minimumFee(true), kept[i]);
        }
        vm.expectRevert(abi.encodeWithSelector(Floats.NotExact.selector, 10 ** 16, 1 << 18));
        routes.make(address(this), Mode.Lock, false, _fees(10 ** 16, 0));
    }
}
