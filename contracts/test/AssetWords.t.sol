// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AssetWord, AssetWords} from "../src/AssetWords.sol";
import {Mode} from "../src/interfaces/IBridge.sol";
import {Test} from "forge-std/Test.sol";

contract AssetWordsTest is Test {
    function testFuzz_Every_part_is_kept_whatever_the_others_become(
        address token,
        uint8 mode,
        bool limited,
        uint24 mantissa,
        uint8 exponent,
        uint24 hold,
        uint128 other
    ) public pure {
        uint128 threshold = uint128(mantissa) << exponent % 105;
        AssetWord word = AssetWords.make(token, Mode(mode % 4));
        _assertIs(word, token, mode % 4, false, 0, 0);
        word = word.withLimited(limited).withHold(threshold, hold);
        _assertIs(word, token, mode % 4, limited, threshold, hold);
        word = word.withLimited(!limited);
        _assertIs(word, token, mode % 4, !limited, threshold, hold);
        word = word.withHold(other, 1).withHold(threshold, hold).withLimited(limited); // nothing is left of what was there
        _assertIs(word, token, mode % 4, limited, threshold, hold);
        assertEq(AssetWord.unwrap(word.withHold(0, 0).withLimited(false)), AssetWord.unwrap(AssetWords.make(token, Mode(mode % 4))));
    }

    function _assertIs(AssetWord word, address token, uint8 mode, bool limited, uint256 threshold, uint24 hold) private pure {
        assertEq(word.token(), token);
        assertEq(uint8(word.mode()), mode);
        assertEq(word.limited(), limited);
        assertEq(word.threshold(), threshold);
        assertEq(word.hold(), hold);
        assertEq(word.most(), threshold == 0 ? type(uint256).max : threshold);
    }

    function testFuzz_A_threshold_is_rounded_down_by_less_than_a_part_in_2_to_the_23(uint128 threshold, uint8 shift) public pure {
        threshold >>= shift % 128;
        uint256 kept = AssetWords.make(address(1), Mode.Lock).withHold(threshold, 1).threshold();
        assertLe(kept, threshold);
        assertEq(kept == 0, threshold == 0, "a threshold never becomes none");
        if (threshold != 0) assertLt((threshold - kept) << 23, threshold);
        if (threshold < 1 << 24) assertEq(kept, threshold);
    }

    function test_The_greatest_of_everything_fills_the_word_and_no_more() public pure {
        address token = address(type(uint160).max);
        AssetWord word = AssetWords.make(token, Mode.Native).withLimited(true).withHold(type(uint128).max, type(uint24).max);
        _assertIs(word, token, 3, true, uint256(type(uint24).max) << 104, type(uint24).max);
    }
}
