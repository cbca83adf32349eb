// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {LogAnchor} from "../src/LogAnchor.sol";
import {Test} from "forge-std/Test.sol";

contract LogAnchorTest is Test {
    bytes32 private constant ORIGIN = keccak256("bridge.example/log");

    LogAnchor private _anchor = new LogAnchor();

    function test_What_was_posted_is_kept_with_its_time_and_told() public {
        vm.warp(1000);
        vm.expectEmit(address(_anchor));
        emit LogAnchor.LogAnchored(address(this), ORIGIN, 7, bytes32(uint256(1)));
        _anchor.anchor(ORIGIN, 7, bytes32(uint256(1)));

        LogAnchor.Anchor memory newest = _anchor.newest(address(this), ORIGIN);
        assertEq(newest.treeSize, 7);
        assertEq(newest.time, 1000);
        assertEq(newest.rootHash, bytes32(uint256(1)));
    }

    function testFuzz_A_log_never_shrinks_and_no_size_has_two_roots(uint64 first, uint64 second) public {
        first = uint64(bound(first, 1, type(uint64).max));
        _anchor.anchor(ORIGIN, first, bytes32(uint256(1)));
        if (second <= first) vm.expectRevert(abi.encodeWithSelector(LogAnchor.LogDidNotGrow.selector, second, first));
        _anchor.anchor(ORIGIN, second, bytes32(uint256(2)));
        assertEq(_anchor.newest(address(this), ORIGIN).treeSize, first > second ? first : second);
    }

    function test_Nobody_posts_for_another_and_each_log_of_one_operator_stands_alone() public {
        _anchor.anchor(ORIGIN, 7, bytes32(uint256(1)));
        vm.prank(address(0xBAD));
        _anchor.anchor(ORIGIN, 9, bytes32(uint256(2)));
        _anchor.anchor(keccak256("another"), 3, bytes32(uint256(3)));
        assertEq(_anchor.newest(address(this), ORIGIN).treeSize, 7);
    }
}
